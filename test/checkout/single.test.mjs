// What a single-page app does to snap.js: it replaces its content, loads scripts in its own way, and stays open for long.
import assert from "node:assert/strict";
import { test } from "node:test";
import { inEveryBrowser } from "../browsers/engine.mjs";
import { shopOf, startShop } from "./shop.mjs";

/** The ways of a single-page app to remove the overlay from the page. */
const REPLACEMENTS = {
  "replaces document.body": () => document.body.replaceWith(document.createElement("body")),
  "empties document.body": () => document.body.replaceChildren(),
  "removes the overlay itself": () => document.querySelector("dialog").remove(),
};

/** The ways of a page to load snap.js that leave it without its script tag. Each returns the message of the error. */
const LOADERS = {
  'a script tag of type="module"': (src) =>
    new Promise((resolve) => {
      addEventListener("error", ({ message }) => resolve(message), { once: true });
      document.head.append(Object.assign(document.createElement("script"), { src, type: "module" }));
    }),
  "import()": (src) =>
    import(src).then(
      () => "",
      ({ message }) => message,
    ),
  "a copy of its text": async (src) => {
    const text = await (await fetch(src)).text();
    try {
      new Function(text)();
      return "";
    } catch ({ message }) {
      return message;
    }
  },
};

inEveryBrowser(startShop, (its) => {
  const shop = shopOf(its);

  for (const [does, replace] of Object.entries(REPLACEMENTS)) {
    test(`snap.pay opens again after the page ${does}, and only the second payment calls back`, async () => {
      const first = await shop.order();
      const second = await shop.order();
      await shop.visit();
      await shop.pay(first.token);
      await shop.frame().role("textbox", /^PIN/).waitFor();
      await its.page.evaluate(replace);
      await shop.pay(second.token);
      await shop.type();
      await shop.press("Pay Rp15.000");
      const [name, { order_id }] = await shop.heard();
      assert.deepEqual([name, order_id], ["onSuccess", second.order_id]);
      await shop.gone();
      await shop.pay(first.token);
      await shop.frame().role("textbox", /^PIN/).waitFor();
    });
  }

  for (const [how, load] of Object.entries(LOADERS)) {
    test(`snap.js loaded by ${how} says how it must be loaded`, async () => {
      its.expected = /snap\.js: load it by/;
      await its.page.goto(its.selasar.app);
      const message = await its.page.evaluate(load, shop.script());
      assert.match(message, /snap\.js: load it by <script src="\.\.\." data-client-key="\.\.\.">, without type="module", import or a copy/);
      assert.equal(await its.page.evaluate("typeof window.snap"), "undefined");
    });
  }

  for (const [ends, end, result] of [
    ["expires", () => shop.control("POST", "/clock", { advance: "61s" }), { status_code: "407", transaction_status: "expire" }],
    [
      "is cancelled by its backend",
      async (order_id) => {
        const { checkout } = await shop.keys();
        const headers = { Authorization: `Basic ${btoa(`${checkout.server_key}:`)}` };
        const answer = await fetch(`${its.selasar.api}/v2/${order_id}/cancel`, { method: "POST", headers });
        assert.equal(answer.status, 200);
      },
      { status_code: "202", transaction_status: "cancel" },
    ],
  ]) {
    test(`an open overlay ends by itself when its order ${ends}, and onError says why`, async () => {
      const { token, order_id } = await shop.order({ expiry: { unit: "minute", duration: 1 } });
      await shop.visit();
      await shop.pay(token);
      await shop.frame().button("Pay Rp15.000").waitFor();
      await end(order_id);
      const [name, { status_code, transaction_status, fraud_status }] = await shop.heard();
      assert.deepEqual([name, { status_code, transaction_status }, fraud_status], ["onError", result, undefined]);
      await shop.gone();
    });
  }
});
