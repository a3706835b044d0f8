import { startSelasar } from "../support/selasar.mjs";
import { usePlatform } from "../support/platform.mjs";
import { openBackend, openShop } from "./shop.mjs";

/**
 * A simulator in Chromium, with a fresh page for each test. With `shop` the mini app also has a backend: `shop` answers its
 * notifications, `backend` calls Selasar for it.
 * The phone has the members of `usePlatform`, and methods for a person's actions.
 */
export function usePhone(options = {}) {
  let shop, backend;
  return usePlatform({
    async start() {
      if (options.shop) shop = await openShop();
      const selasar = await startSelasar(shop?.folder ?? options.target);
      if (options.shop) backend = await openBackend(selasar);
      return selasar;
    },
    stop: () => shop?.close(),
    context: { viewport: { width: 1440, height: 900 }, colorScheme: "light", ...options.context },
    dress: (phone) => Object.assign(phone, { shop, backend }, verbs(phone.page, phone.selasar)),
  });
}

function verbs(page, selasar) {
  const frame = () => page.locator("iframe").last().contentFrame(); // the visible page
  const button = (name) => page.getByRole("button", { name, exact: true });
  return {
    button,
    frame,
    control: selasar.control,
    dialog: (name) => page.getByRole("dialog", name === undefined ? {} : { name }),
    /** Opens the simulator. */
    async visit() {
      await page.goto(selasar.simulator);
      await page
        .getByRole("button", { name: /Warung/ })
        .first()
        .waitFor();
    },
    /** Opens the mini app and allows all consents. The sheet is gone afterwards. */
    async open() {
      await this.visit();
      await button("Open Warung").click();
      await button("Allow").click();
      await page.getByRole("dialog").waitFor({ state: "detached" });
      await this.loaded();
    },
    async loaded() {
      await frame().locator("body[data-ready]").waitFor();
    },
    /** Starts a call in the mini app; `result()` waits for it. */
    async call(method, ...args) {
      await frame()
        .locator("body")
        .evaluate((_, [name, rest]) => window.start(name, ...rest), [method, args]);
    },
    async result() {
      const output = frame().locator("#result:not(:empty)");
      await output.waitFor();
      return JSON.parse(await output.textContent());
    },
    /** Creates a payment and starts to pay it. */
    async order(amount = 15_000, title = "Two coffees") {
      const payment = await selasar.control("POST", "/payments", { amount, title });
      await this.call("triggerPayment", { deeplink: payment.deeplink });
      return payment;
    },
    /** Watches for a status with this text from now on, even one that disappears quickly. Returns a function that waits for it. */
    async listen(text) {
      const hearing = await page.evaluateHandle((said) => {
        const heard = new Promise((done) => {
          new MutationObserver(() => {
            if ([...document.querySelectorAll('[role="status"]')].some((one) => one.textContent.includes(said))) done();
          }).observe(document.body, { subtree: true, childList: true, characterData: true });
        });
        return { heard };
      }, text);
      return () => hearing.evaluate(({ heard }) => heard);
    },
    /** Delays requests from now on, until the returned function is called; `options` are those of a route. */
    async hold(address, options) {
      let release;
      const held = new Promise((go) => {
        release = go;
      });
      await page.route(
        address,
        async (route) => {
          await held;
          await route.continue();
        },
        options,
      );
      return release;
    },
    panel: (name) => page.getByRole("tab", { name, exact: true }).click(),
    row: (text) => page.getByRole("option").filter({ hasText: text }).last(),
  };
}
