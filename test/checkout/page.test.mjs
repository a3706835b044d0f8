import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { until } from "../support/until.mjs";
import { useShop } from "./shop.mjs";

const state = (shop, name) => shop.page.locator(`main[data-state="${name}"]`).waitFor();
const open = async (shop, ref) => shop.page.goto(`${shop.selasar.api}/app/merchanttransfer?tref=${ref}`);
const make = async (shop, more = {}) =>
  (await shop.control("POST", "/payments", { amount: 15_000, title: "Two coffees", ...more })).referenceNo;

describe("the payment page without scripts", () => {
  const shop = useShop({ context: { javaScriptEnabled: false } });

  test("pays with six digits, and shows the same after a reload", async () => {
    const ref = await make(shop);
    await open(shop, ref);
    for (const said of ["Rp15.000", "Two coffees", ref, "Toko", "Rp250.000"]) await shop.page.getByText(said).first().waitFor();
    await shop.page.getByLabel("PIN").fill("123456");
    await shop.page.getByRole("button", { name: "Pay Rp15.000" }).click();
    await state(shop, "paid");
    await shop.page.reload();
    await state(shop, "paid");
    assert.equal(await shop.balance(), "235000.00");
  });

  for (const [button, after] of [
    ["Cancel", "cancelled"],
    ["Fail", "failed"],
  ]) {
    test(`settles ${after} on ${button} without a PIN`, async () => {
      const ref = await make(shop);
      await open(shop, ref);
      await shop.page.getByRole("button", { name: button }).click();
      await state(shop, after);
      assert.equal((await shop.control("GET", "/payments")).payments[0].state, after);
    });
  }

  test("shows the missing amount, and pays after a top-up", async () => {
    await shop.control("PATCH", "/users", { balance: 10_000 });
    const ref = await make(shop);
    await open(shop, ref);
    await shop.page.getByText("short by Rp5.000").waitFor();
    await shop.page.getByLabel("PIN").fill("123456");
    await shop.page.getByRole("button", { name: "Pay" }).click();
    await shop.page.getByRole("alert").filter({ hasText: "The wallet is short." }).waitFor();
    shop.problems.splice(0); // Chromium logs the 409
    await shop.control("PATCH", "/users", { balance: 20_000 });
    await shop.page.getByLabel("PIN").fill("123456");
    await shop.page.getByRole("button", { name: "Pay" }).click();
    await state(shop, "paid");
  });

  test("shows that a payment has expired, and that an unknown payment does not exist", async () => {
    const ref = await make(shop, { valid_for: "1m" });
    await open(shop, ref);
    await shop.page.getByLabel("PIN").fill("123456");
    await shop.control("POST", "/clock", { advance: "2m" });
    await shop.page.getByRole("button", { name: "Pay" }).click();
    await state(shop, "expired");
    await open(shop, "A1");
    await state(shop, "unknown");
    shop.problems.splice(0); // Chromium logs the 404
  });
});

describe("the payment page", () => {
  const shop = useShop({ context: { locale: "id-ID", colorScheme: "dark" } });

  test("asks for six digits before it sends anything", async () => {
    const ref = await make(shop);
    await open(shop, ref);
    await shop.page.getByLabel("PIN").fill("123");
    await shop.page.getByRole("button", { name: "Bayar" }).click();
    assert.equal(await shop.page.getByLabel("PIN").evaluate((field) => field.validity.patternMismatch), true);
    assert.equal((await shop.control("GET", "/payments")).payments[0].state, "created");
  });

  test("follows the browser's language and theme: Indonesian and dark", async () => {
    await open(shop, await make(shop));
    await shop.page.getByRole("button", { name: "Batalkan" }).waitFor();
    assert.equal(await shop.page.locator("html").getAttribute("lang"), "id");
    assert.equal(await shop.page.evaluate(() => getComputedStyle(document.body).backgroundColor), "rgb(13, 19, 18)");
  });

  test("is legible: every text has a contrast of at least 4.5 to 1, in light and dark", async () => {
    for (const colorScheme of ["light", "dark"]) {
      await shop.page.emulateMedia({ colorScheme });
      await open(shop, await make(shop, { amount: 900_000 }));
      const faint = await shop.page.evaluate(contrasts);
      assert.deepEqual(
        faint.filter(({ ratio }) => ratio < 4.5),
        [],
        colorScheme,
      );
      assert.ok(faint.length > 10);
    }
  });

  test("cannot be framed by another page", async () => {
    const ref = await make(shop);
    await shop.page.goto(shop.selasar.app);
    await shop.page.evaluate(
      (src) => new Promise((loaded) => document.body.append(Object.assign(document.createElement("iframe"), { src, onload: loaded }))),
      `${shop.selasar.api}/app/merchanttransfer?tref=${ref}&embed=${new URL(shop.selasar.app).origin}`,
    );
    assert.equal(await shop.page.frameLocator("iframe").locator("main").count(), 0);
    await until(() => shop.problems.some((text) => text.includes("frame-ancestors")), Boolean);
    shop.problems.splice(0);
  });
});

/** Returns the contrast of every text on the page with its background. */
function contrasts() {
  const luminance = (rgb) => {
    const [r, g, b] = rgb.map((c) => (c / 255 <= 0.03928 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const numbers = (color) => color.match(/[\d.]+/g).map(Number);
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const color = numbers(getComputedStyle(at).backgroundColor);
      if (color.length === 3 || color[3] > 0) return color.slice(0, 3);
    }
    return [255, 255, 255];
  };
  return [...document.querySelectorAll("body *")]
    .filter((element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim()))
    .map((element) => {
      const [a, b] = [numbers(getComputedStyle(element).color).slice(0, 3), ground(element)].map(luminance);
      return { text: element.textContent.trim().slice(0, 30), ratio: (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) };
    });
}
