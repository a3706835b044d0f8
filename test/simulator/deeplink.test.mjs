import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { usePhone } from "./phone.mjs";

describe("a deeplink", () => {
  const phone = usePhone();
  const opened = { success: true, data: null, error: null };

  test("shows its target before it opens, and returns to the mini app", async () => {
    await phone.open();
    await phone.call("openDeeplink", "gopay://home?tab=rewards");
    const sheet = phone.dialog("Let Warung open this in Dompet?");
    await sheet.waitFor();
    assert.match((await sheet.innerText()).replace(/\s+/g, " "), /gopay:\/\/ ?home tab rewards/);
    await phone.button("Open").click();
    assert.deepEqual(await phone.result(), opened);
    const screen = phone.page.getByRole("region", { name: "Opened in Dompet" });
    await screen.waitFor();
    await phone.button("Back to Warung").first().click();
    await screen.waitFor({ state: "detached" });
    await phone.page.waitForFunction(() => document.activeElement.tagName === "IFRAME");
    assert.equal(await phone.frame().getByRole("heading", { name: "Warung" }).isVisible(), true);
  });

  test("does not open if the person declines", async () => {
    await phone.open();
    await phone.call("openDeeplink", "gopay://home");
    await phone.button("Don't open").click();
    const { success, error } = await phone.result();
    assert.equal(success, false);
    assert.equal(error.code, 300);
    assert.equal(await phone.page.getByRole("region", { name: "Opened in Dompet" }).count(), 0);
  });

  test("shows its destination even with automatic answers", async () => {
    await phone.open();
    await phone.control("PATCH", "/answers", { deeplink: "open" });
    await phone.call("openDeeplink", "gopay://home");
    assert.deepEqual(await phone.result(), opened);
    const screen = phone.page.getByRole("region", { name: "Opened in Dompet" });
    await screen.waitFor();
    await phone.page.keyboard.press("Escape");
    await screen.waitFor({ state: "detached" });
  });

  test("opened by an automatic answer is left by the back gesture, which then leaves the mini app", async () => {
    await phone.control("PATCH", "/answers", { consent: "allow", deeplink: "open" });
    await phone.visit();
    await phone.button("Open Warung").click();
    await phone.loaded();
    await phone.call("openDeeplink", "gopay://home");
    const screen = phone.page.getByRole("region", { name: "Opened in Dompet" });
    await screen.waitFor();
    await phone.page.evaluate(() => history.back());
    await screen.waitFor({ state: "detached" });
    await phone.loaded();
    await phone.page.evaluate(() => history.back());
    await phone.button("Open Warung").waitFor();
  });
});
