import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { usePlatform } from "../support/platform.mjs";
import { startSelasar } from "../support/selasar.mjs";

/** A server with a mini app that sells by Snap Checkout. The shop has the members of `usePlatform`, its `keys`, and actions. */
export function useShop(options = {}) {
  return usePlatform({
    start: () => startSelasar(fileURLToPath(new URL("app", import.meta.url))),
    context: options.context,
    async dress(shop) {
      shop.keys = await shop.control("GET", "/credentials");
      Object.assign(shop, verbs(shop, shop.page));
    },
  });
}

let orders = 0;

function verbs(shop, page) {
  const api = () => shop.selasar.api;
  return {
    /** Requests a token like a backend, with Basic authentication by the server key. */
    async order(more = {}) {
      const order_id = `order-${++orders}`;
      const body = { transaction_details: { order_id, gross_amount: 15_000 }, gopay: { pop_id: shop.keys.pop_id }, ...more };
      const answer = await fetch(`${api()}/snap/v1/transactions`, {
        method: "POST",
        headers: { Authorization: `Basic ${btoa(`${shop.keys.checkout.server_key}:`)}`, "Content-Type": "application/json" },
        body: JSON.stringify(body),
      });
      assert.equal(answer.status, 201);
      return { order_id, ...(await answer.json()) };
    },
    /** Opens the shop's page and loads snap.js there. */
    async visit(clientKey = shop.keys.checkout.client_key, origin = shop.selasar.app) {
      await page.goto(origin);
      await page.evaluate(
        ([src, key]) =>
          new Promise((loaded, failed) => {
            window.heard = [];
            document.head.append(Object.assign(document.createElement("script"), { src, onload: loaded, onerror: failed }));
            document.head.lastChild.dataset.clientKey = key;
          }),
        [`${api()}/snap/snap.js`, clientKey],
      );
    },
    /** Calls snap.pay and records the calls of its callbacks. */
    pay: (token) =>
      page.evaluate((given) => {
        const hears = (name) => (result) => window.heard.push([name, result ?? null]);
        window.snap.pay(given, Object.fromEntries(["onSuccess", "onPending", "onError", "onClose"].map((name) => [name, hears(name)])));
      }, token),
    frame: () => page.frameLocator("iframe"),
    /** Returns the only callback call. */
    async heard() {
      await page.waitForFunction(() => window.heard.length > 0);
      const heard = await page.evaluate(() => window.heard);
      assert.equal(heard.length, 1);
      return heard[0];
    },
    gone: () => page.locator("dialog").waitFor({ state: "detached" }),
    async balance() {
      const { users, current_user } = await shop.control("GET", "/users");
      return users.find(({ id }) => id === current_user).balance.value;
    },
  };
}
