import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { usePhone } from "./phone.mjs";

describe("what gpContainer does to the phone", () => {
  const phone = usePhone({ target: fileURLToPath(new URL("apps/v1", import.meta.url)) });
  const bar = () => phone.page.locator(".launched .title-bar");
  const styleOf = (locator, name) => locator.evaluate((one, key) => getComputedStyle(one)[key], name);

  async function open() {
    await phone.visit();
    await phone.button("Open Warung").click();
    await phone.loaded();
  }

  test("shows a toast as text in the middle of the screen, and moves nothing", async () => {
    await open();
    const frame = phone.page.locator("iframe");
    const before = await frame.boundingBox();
    await phone.call("GPUIToast.toast", { message: "<img src=x> saved", duration: 60 });
    const toast = phone.page.locator(".phone-toast");
    await toast.waitFor();
    assert.equal(await toast.innerText(), "<img src=x> saved");
    assert.deepEqual(await frame.boundingBox(), before);
    await phone.call("GPUIToast.toast", { message: "gone soon", duration: 1 });
    await toast.filter({ hasText: "gone soon" }).waitFor();
    await toast.waitFor({ state: "detached" });
  });

  test("changes the title bar, as far as each option says", async () => {
    await open();
    const page = phone.page.locator("iframe");
    const { y } = await page.boundingBox();
    await phone.call("GPNavigationBar.update", { title: "<i>Menu</i>", titleColor: "#ff0000", backgroundColor: "#102030" });
    await bar().getByText("<i>Menu</i>").waitFor();
    assert.equal(await styleOf(bar(), "backgroundColor"), "rgb(16, 32, 48)");
    assert.equal(await styleOf(bar().locator("strong"), "color"), "rgb(255, 0, 0)");
    assert.equal(await bar().getAttribute("data-buttons"), "light", "the buttons can be read on the background");
    await phone.call("GPNavigationBar.update", { barStyle: "float", hideBackButton: "true" });
    await phone.button("Back").waitFor({ state: "detached" });
    assert.ok((await page.boundingBox()).y < y, "the page begins below the status bar");
    assert.equal(await bar().locator("strong").innerText(), "<i>Menu</i>", "other options stay");
    await phone.call("GPNavigationBar.update", { titleColor: "red;background:url(//x)" });
    assert.equal((await phone.result()).callback, "failure");
    assert.equal(await styleOf(bar().locator("strong"), "color"), "rgb(255, 0, 0)");
  });

  test("gives the next launch the super app's own bar", async () => {
    await open();
    await phone.call("GPNavigationBar.update", { title: "Menu", hideBackButton: true });
    await bar().getByText("Menu").waitFor();
    await phone.button("Close").click();
    await phone.button("Open Warung").click();
    await bar().getByText("Warung").waitFor();
    await phone.button("Back").waitFor();
  });
});
