// What only Chromium's driver sets for one page: no scripts, a language, a theme.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { usePlatform } from "../support/platform.mjs";
import { startShop } from "./shop.mjs";

const make = async (shop, more = {}) => {
  const { referenceNo } = await shop.control("POST", "/payments", { amount: 15_000, title: "Two coffees", ...more });
  return `${shop.selasar.api}/app/merchanttransfer?tref=${referenceNo}`;
};

describe("the payment page without scripts", () => {
  const shop = usePlatform({ start: startShop, context: { javaScriptEnabled: false } });

  test("pays with six digits", async () => {
    await shop.page.goto(await make(shop));
    await shop.page.getByLabel("PIN").fill("123456");
    await shop.page.getByRole("button", { name: "Pay Rp15.000" }).click();
    await shop.page.locator('main[data-state="paid"]').waitFor();
    assert.equal((await shop.control("GET", "/payments")).payments[0].state, "paid");
  });
});

describe("the payment page in Indonesian and in the dark theme", () => {
  const shop = usePlatform({ start: startShop, context: { locale: "id-ID", colorScheme: "dark" } });

  test("follows the browser's language and theme", async () => {
    await shop.page.goto(await make(shop));
    await shop.page.getByRole("button", { name: "Batalkan" }).waitFor();
    assert.equal(await shop.page.locator("html").getAttribute("lang"), "id");
    assert.equal(await shop.page.evaluate(() => getComputedStyle(document.body).backgroundColor), "rgb(13, 19, 18)");
  });

  test("is legible: every text has a contrast of at least 4.5 to 1, in light and dark", async () => {
    for (const colorScheme of ["light", "dark"]) {
      await shop.page.emulateMedia({ colorScheme });
      await shop.page.goto(await make(shop, { amount: 900_000 }));
      const faint = await shop.page.evaluate(contrasts);
      assert.deepEqual(
        faint.filter(({ ratio }) => ratio < 4.5),
        [],
        colorScheme,
      );
      assert.ok(faint.length > 10);
    }
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
