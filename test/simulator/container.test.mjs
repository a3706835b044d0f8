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

  test("opens a deeplink, which the phone shows even with automatic answers", async () => {
    await phone.control("PATCH", "/answers", { consent: "allow", deeplink: "open" });
    await phone.visit();
    await phone.button("Open Warung").click();
    await phone.loaded();
    await phone.call("GPNavigator.launchDeeplink", { deeplink: "gopay://home" });
    await phone.page.getByRole("region", { name: "Opened in Dompet" }).waitFor();
  });
});
