// Each sheet by keyboard alone, in every browser.
import assert from "node:assert/strict";
import { test } from "node:test";
import { startSelasar } from "../support/selasar.mjs";
import { inEveryBrowser } from "./engine.mjs";
import { warung } from "./warung.mjs";

inEveryBrowser(startSelasar, (its) => {
  const app = warung(its);

  /** Waits until the sheet has the focus and accepts presses. */
  const ready = async (name) => {
    await its.page.role("dialog", name).waitFor();
    await its.page.css('.sheet[data-armed="true"]').waitFor();
    assert.ok(await its.page.evaluate(() => document.querySelector(".sheet").contains(document.activeElement)));
  };

  test("the consent sheet: Tab stays inside, Space unchecks, Enter allows", async () => {
    const { page, selasar } = its;
    await page.goto(selasar.simulator);
    await page.button("Open Warung").click();
    await ready(/^Allow Warung to use /);
    await page.tabTo(page.css('.sheet input[type="checkbox"]:not(:disabled)'));
    await page.press(" ");
    for (let i = 0; i < 8; i++) {
      await page.press("Tab");
      assert.ok(await page.evaluate(() => document.querySelector(".sheet").contains(document.activeElement)), "Tab stays inside");
    }
    await page.tabTo(page.button("Allow"));
    await page.press("Enter");
    await page.frame().css("body[data-ready]").waitFor();
    const { consents } = await selasar.control("GET", "/consents");
    assert.deepEqual(consents.map(({ state }) => state).toSorted(), ["given", "given", "refused"]);
  });

  test("the payment sheet: Enter opens the PIN pad, six digits pay, Backspace deletes one", async () => {
    await app.open();
    await app.order();
    await ready("Pay Warung");
    await its.page.tabTo(its.page.button("Pay"));
    await its.page.press("Enter");
    await its.page.role("group", "PIN").waitForFocus();
    await its.page.type("123");
    await its.page.press("Backspace");
    await its.page.css('.pin-dots[aria-label="2 of 6 digits"]').waitFor();
    await its.page.type("3456");
    assert.deepEqual(await app.result(), { success: true, data: { status: "success" }, error: null });
  });

  test("the payment sheet: Escape is later", async () => {
    await app.open();
    await app.order();
    await ready("Pay Warung");
    await its.page.press("Escape");
    assert.deepEqual((await app.result()).data, { status: "pending" });
  });

  test("the deeplink sheet: Enter opens, and Escape returns to the mini app", async () => {
    await app.open();
    await app.call("openDeeplink", "gopay://home");
    await ready("Let Warung open this in Dompet?");
    await its.page.tabTo(its.page.button("Open"));
    await its.page.press("Enter");
    const screen = its.page.css('[role="region"][aria-label="Opened in Dompet"], section[aria-label="Opened in Dompet"]');
    await screen.waitFor();
    await its.page.press("Escape");
    await screen.gone();
    assert.equal((await app.result()).success, true);
  });
});
