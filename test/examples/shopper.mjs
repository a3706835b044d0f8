import { slowed } from "../slow.mjs";

const patience = 60_000; // for a machine with much else to do; nothing waits for it to pass

/**
 * A person in the simulator with kopi. `problems` collects what went wrong in the pages.
 * @param browser Chromium
 * @param selasar a running platform with kopi
 */
export async function shopper(browser, selasar) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "en-GB" });
  const page = await slowed(await context.newPage());
  page.setDefaultTimeout(patience);
  const problems = [];
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
  const frame = page.frameLocator("iframe");
  const button = (name) => page.getByRole("button", { name, exact: true });
  await page.goto(selasar.simulator);
  await button("Open Kopi").click();
  return {
    page,
    problems,
    frame,
    button,
    /** Orders one Es Kopi Susu at the nearest shop; the payment sheet opens. */
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
    /** Waits until kopi shows what the sheet said. */
    result: (sign) => frame.locator(`#sign.${sign}`).waitFor(),
    /** Waits until a line of kopi's receipt reads so. */
    receipt: (name, value) =>
      frame.locator("#receipt dt", { hasText: name }).locator("xpath=following-sibling::dd[1]").getByText(value, { exact: true }).waitFor(),
    /** From the page of orders back to the shop. */
    home: () => frame.getByRole("link", { name: "‹ Kopi" }).click(),
  };
}
