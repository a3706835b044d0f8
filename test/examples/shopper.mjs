import { openStrictPage } from "../support/browser.mjs";

/** The browser context of a customer of kopi. */
export const context = { viewport: { width: 1440, height: 900 }, locale: "en-GB" };

/**
 * A customer of kopi in the simulator.
 * @param browser Chromium
 * @param selasar a running platform with kopi
 */
export async function shopper(browser, selasar) {
  return openKopi(await openStrictPage(browser, context), selasar);
}

/** The same in an open page. */
export async function openKopi(page, selasar) {
  const frame = page.frameLocator("iframe");
  const button = (name) => page.getByRole("button", { name, exact: true });
  await page.goto(selasar.simulator);
  await button("Open Kopi").click();
  return {
    page,
    frame,
    button,
    /** Orders one Es Kopi Susu at the nearest shop, which opens the payment sheet. */
    async order() {
      await frame.locator("#shop-list button").first().click();
      await frame.getByRole("button", { name: "Tambah Es Kopi Susu" }).click();
      await frame.getByRole("button", { name: "Bayar Rp18.000" }).click();
      await page.getByRole("dialog", { name: "Pay Kopi" }).waitFor();
    },
    /** Pays in the sheet. */
    async pay() {
      await button("Pay").click();
      await page.keyboard.type("123456");
      await page.getByRole("dialog", { name: "Pay Kopi" }).waitFor({ state: "detached" });
    },
    /** Waits until kopi shows the sheet's status. */
    result: (sign) => frame.locator(`#sign.${sign}`).waitFor(),
    /** Waits until a line of kopi's receipt has this text. */
    receipt: (name, value) =>
      frame.locator("#receipt dt", { hasText: name }).locator("xpath=following-sibling::dd[1]").getByText(value, { exact: true }).waitFor(),
    /** Returns from the page of orders to the shop. */
    home: () => frame.getByRole("link", { name: "‹ Kopi" }).click(),
  };
}
