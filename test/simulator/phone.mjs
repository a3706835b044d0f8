import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach } from "node:test";
import { chromium } from "playwright-core";
import { startSelasar } from "./server.mjs";
import { openBackend, openShop } from "./shop.mjs";
import { slowed } from "../slow.mjs";

const executablePath = process.env.SELASAR_CHROMIUM ?? "/usr/bin/chromium";
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Waits until what is read is as it should be; the test's own time limit is the end of it. */
export async function until(read, right) {
  for (;;) {
    const value = await read();
    if (right(value)) return value;
    await new Promise((again) => setTimeout(again, 20));
  }
}

/**
 * A real server and a real Chromium for the tests of a file; a fresh page, and everything reset, for each.
 * With `shop` the mini app has a backend too: `shop` answers its notifications, `backend` calls Selasar for it.
 * What comes back is filled before each test: `page`, `selasar`, and verbs that read like what a person does.
 */
export function usePhone(options = {}) {
  const phone = { problems: [] };
  let browser;
  before(async () => {
    if (options.shop) phone.shop = await openShop();
    phone.selasar = await startSelasar(phone.shop?.folder ?? options.target);
    if (options.shop) phone.backend = await openBackend(phone.selasar);
    browser = await chromium.launch({ executablePath, args: FLAGS });
  });
  after(async () => {
    await browser?.close();
    await phone.selasar?.stop();
    await phone.shop?.close();
  });
  beforeEach(async () => {
    await phone.selasar.control("POST", "/reset", {});
    const context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      locale: "en-GB",
      colorScheme: "light",
      ...options.context,
    });
    const page = await slowed(await context.newPage());
    page.setDefaultTimeout(60_000);
    phone.problems = [];
    phone.expected = undefined; // a test may name the problem that it makes
    page.on("pageerror", (error) => phone.problems.push(error.stack ?? String(error)));
    page.on("console", (message) => message.type() === "error" && phone.problems.push(message.text()));
    Object.assign(phone, verbs(page, phone.selasar), { page, context });
  });
  afterEach(async () => {
    await phone.context.close();
    assert.deepEqual(
      phone.problems.filter((problem) => !phone.expected?.test(problem)),
      [],
      "nothing went wrong in the page",
    );
  });
  return phone;
}

function verbs(page, selasar) {
  const frame = () => page.frameLocator("iframe");
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
    /** Opens the mini app and allows all it asks for. The sheet is gone then: what comes next meets none, or its own. */
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
    /** Begins a call in the mini app; `result()` waits for it. */
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
    /** Makes a payment and begins to pay it. */
    async order(amount = 15_000, title = "Two coffees") {
      const payment = await selasar.control("POST", "/payments", { amount, title });
      await this.call("triggerPayment", { deeplink: payment.deeplink });
      return payment;
    },
    /** Listens for what a status says from now on, also when it is gone again before anybody looks. The function it gives waits for it. */
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
    /** Holds requests back from now on, until the function it gives is called; `options` are those of a route. */
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
