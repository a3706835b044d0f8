import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { startSelasar } from "../support/selasar.mjs";

/** Starts a server with a mini app that sells by Snap Checkout. */
export const startShop = () => startSelasar(fileURLToPath(new URL("app", import.meta.url)));

let orders = 0;

/**
 * What a shop, its backend and a person do, in every browser.
 * @param its the object of `inEveryBrowser`
 */
export function shopOf(its) {
  const frame = () => its.page.frame();
  const shop = {
    frame,
    control: (...args) => its.selasar.control(...args),
    keys: () => shop.control("GET", "/credentials"),
    /** Requests a token like a backend, with Basic authentication by the server key. */
    async order(more = {}) {
      const { pop_id, checkout } = await shop.keys();
      const order_id = `order-${++orders}`;
      const body = { transaction_details: { order_id, gross_amount: 15_000 }, gopay: { pop_id }, ...more };
      const answer = await fetch(`${its.selasar.api}/snap/v1/transactions`, {
        method: "POST",
        headers: { Authorization: `Basic ${btoa(`${checkout.server_key}:`)}`, "Content-Type": "application/json" },
        body: JSON.stringify(body),
      });
      assert.equal(answer.status, 201);
      return { order_id, ...(await answer.json()) };
    },
    /** Opens the shop's page and loads snap.js there. */
    async visit(clientKey, origin = its.selasar.app) {
      await its.page.goto(origin);
      const key = clientKey ?? (await shop.keys()).checkout.client_key;
      await its.page.evaluate(
        ([src, given]) =>
          new Promise((loaded, failed) => {
            window.heard = [];
            document.head.append(Object.assign(document.createElement("script"), { src, onload: loaded, onerror: failed }));
            document.head.lastChild.dataset.clientKey = given;
          }),
        [shop.script(), key],
      );
    },
    script: () => `${its.selasar.api}/snap/snap.js`,
    /** Calls snap.pay and records the calls of its callbacks. */
    pay: (token) =>
      its.page.evaluate((given) => {
        const hears = (name) => (result) => window.heard.push([name, result ?? null]);
        window.snap.pay(given, Object.fromEntries(["onSuccess", "onPending", "onError", "onClose"].map((name) => [name, hears(name)])));
      }, token),
    /** Types the PIN in the frame, like a person. */
    async type(pin = "123456") {
      await frame().role("textbox", /^PIN/).click();
      await its.page.type(pin);
    },
    press: (name) => frame().button(name).click(),
    /** Returns the only callback call. */
    async heard() {
      const heard = await its.page.waitForFunction(() => window.heard.length > 0 && window.heard);
      assert.equal(heard.length, 1);
      return heard[0];
    },
    gone: () => its.page.css("dialog").gone(),
    async balance() {
      const { users, current_user } = await shop.control("GET", "/users");
      return users.find(({ id }) => id === current_user).balance.value;
    },
  };
  return shop;
}
