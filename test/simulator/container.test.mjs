import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { usePhone } from "./phone.mjs";

describe("a mini app of gpContainer", () => {
  const phone = usePhone({ target: fileURLToPath(new URL("apps/v2", import.meta.url)) });
  const field = (label) => phone.page.getByLabel(label, { exact: true });

  test("is answered by the reading of the documentation that the device panel chooses", async () => {
    await phone.open();
    await phone.panel("Device");
    await phone.page.getByText("container-v2 · gpContainer").waitFor();
    await field("Error keys").selectOption("snake");
    await phone.button("Clear all choices").and(phone.page.locator(":enabled")).waitFor();
    await phone.call("GPNavigator.launchDeeplink", { deeplink: "gopay://elsewhere" });
    const snake = await phone.result();
    assert.equal(snake.error_code, "300");
    assert.equal(snake.errorCode, undefined);
    await phone.button("Clear all choices").click();
    await phone.button("Clear all choices").and(phone.page.locator(":disabled")).waitFor();
    assert.equal(await field("Error keys").inputValue(), "");
    await phone.call("GPNavigator.launchDeeplink", { deeplink: "gopay://elsewhere" });
    assert.equal((await phone.result()).errorCode, "300");
  });

  test("has its calls in the journal by class and method, with the callback that got the result", async () => {
    await phone.open();
    await phone.call("GPBase.getLocale", {});
    assert.equal((await phone.result()).callback, "success");
    await phone.call("GPNavigator.launchDeeplink", { deeplink: "gopay://elsewhere" });
    assert.equal((await phone.result()).callback, "failure");
    await phone.row("GPNavigator.launchDeeplink").click();
    await phone.page.getByText("The page's failure callback gets this.").waitFor();
    await phone.page.getByLabel("Filter the journal").fill("class:gpbase");
    await phone.row("app_locale: en_ID").waitFor();
    assert.equal(await phone.page.getByRole("option").count(), 1);
    await phone.page.getByLabel("Filter the journal").fill("method:gpbase.getlocale");
    await phone.page.getByText("rows: 1").waitFor();
  });

  test("is told which of its own methods the GoPay app is too old for", async () => {
    await phone.control("PATCH", "/device", { app_version: "1.50.0" });
    await phone.visit();
    await phone.panel("Device");
    await phone.page.getByText("Too old for GP.authorize (1.52.0): these return 100.").waitFor();
    await phone.page.getByText("Version 1.50.0 is too old for GP.authorize: these return 100.").waitFor();
    await phone.control("PATCH", "/device", { app_version: "2.10.0" });
    await phone.page.getByText("Has every method.").waitFor();
  });

  test("has its calls answered when the script comes after half a minute", async () => {
    await phone.page.clock.install();
    const release = await phone.hold("**/gp-container.min.js");
    await phone.visit();
    await phone.button("Open Warung").click();
    await phone.button("Allow").click();
    await phone.frame().getByRole("heading", { name: "Warung" }).waitFor();
    await phone.page.clock.fastForward(31_000);
    assert.equal(
      await phone
        .frame()
        .locator("body")
        .evaluate(() => typeof window.gpContainer),
      "undefined",
    );
    release();
    await phone.loaded();
    await phone.call("GPBase.getLocale", {});
    assert.equal((await phone.result()).callback, "success");
  });

  test("is told by the script element when the script never comes, and the phone goes on", async () => {
    await phone.page.route("**/gp-container.min.js", (route) => route.abort());
    phone.expected = /ERR_FAILED/; // the browser's own line
    await phone.visit();
    await phone.button("Open Warung").click();
    await phone.button("Allow").click();
    await phone.frame().locator('body[data-ready="never"]').waitFor();
    await phone.page.unroute("**/gp-container.min.js");
    await phone.button("Close").click();
    await phone.button("Open Warung").click();
    await phone.frame().locator('body[data-ready="true"]').waitFor();
    await phone.call("GPBase.getLocale", {});
    assert.equal((await phone.result()).callback, "success");
  });

  test("opens a deeplink, which the phone shows even with automatic answers", async () => {
    await phone.control("PATCH", "/answers", { consent: "allow", deeplink: "open" });
    await phone.visit();
    await phone.button("Open Warung").click();
    await phone.loaded();
    await phone.call("GPNavigator.launchDeeplink", { deeplink: "gopay://home" });
    await phone.page.getByRole("region", { name: "Opened in Dompet" }).waitFor();
  });
});
