import assert from "node:assert/strict";
import { mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { usePhone } from "./phone.mjs";
import { sound } from "./sound.mjs";

describe("the sheets of gpContainer", () => {
  const phone = usePhone({ target: fileURLToPath(new URL("apps/v2", import.meta.url)) });
  const armed = () => phone.page.locator('[role="dialog"][data-armed="true"]').waitFor();

  /** Opens the mini app with all its consents. */
  async function open() {
    await phone.control("PATCH", "/answers", { consent: "allow" });
    await phone.visit();
    await phone.button("Open Warung").click();
    await phone.loaded();
  }

  /** Presses the last button of the open sheet by the keyboard only. */
  async function pressLast() {
    await armed();
    await phone.page.keyboard.press("Shift+Tab");
    await phone.page.keyboard.press("Enter");
  }

  test("share a text, which is shown as text, by the keyboard", async () => {
    await open();
    await phone.call("GPShare.share", { text: "<b>Two</b> coffees\nat Warung" });
    const sheet = phone.dialog("Share this from Warung?");
    await sound(phone.page, "share sheet");
    assert.equal(await sheet.getByLabel("Text to share").innerText(), "<b>Two</b> coffees\nat Warung");
    await pressLast();
    assert.equal((await phone.result()).callback, "success");
    await phone.call("GPShare.share", { text: "again" });
    await armed();
    await phone.page.keyboard.press("Escape");
    await phone.result();
    await phone.row("GPShare.share").click();
    await phone.page.getByText("cancelled").first().waitFor();
  });

  test("open an address outside the mini app, and return to it", async () => {
    await open();
    await phone.call("GPNavigator.launchUri", { uri: "https://warung.example/menu?table=4" });
    await phone.dialog("Let Warung open this address?").waitFor();
    await pressLast();
    assert.equal((await phone.result()).callback, "success");
    const screen = phone.page.getByRole("region", { name: "Opened outside the mini app" });
    await sound(phone.page, "an address opened outside");
    const link = screen.getByRole("link", { name: "Open in a new tab" });
    assert.equal(await link.getAttribute("href"), "https://warung.example/menu?table=4");
    await phone.page.keyboard.press("Escape");
    await screen.waitFor({ state: "detached" });
    await phone.call("GPNavigator.launchUri", { uri: "https://warung.example/" });
    await armed();
    await phone.page.keyboard.press("Escape");
    assert.equal((await phone.result()).callback, "failure");
    assert.equal(await screen.count(), 0);
  });

  test("take the test picture, and say the phone's word for a cancelled one", async () => {
    await open();
    await phone.call("GPCamera.takePhoto", { mode: "camera", needBase64: true });
    await phone.dialog("Picture for Warung").waitFor();
    assert.equal(await phone.page.getByRole("group", { name: "Source of the picture" }).getByRole("button").count(), 2);
    await phone.page.locator('.sheet .primary[aria-disabled="false"]').waitFor();
    await pressLast();
    const { callback, base64Data } = await phone.result();
    assert.equal(callback, "success");
    assert.deepEqual([...Buffer.from(base64Data.slice(0, 8), "base64").subarray(0, 3)], [0xff, 0xd8, 0xff], "a JPEG");
    await phone.call("GPCamera.takePhoto", { mode: "both" });
    await armed();
    await phone.page.keyboard.press("Escape");
    assert.equal((await phone.result()).ret, "HY_FAILED");
  });

  test("take a file, and refuse one that is no picture", async () => {
    await open();
    await phone.call("GPCamera.takePhoto", { mode: "photo" });
    await armed();
    const input = phone.page.locator('.sheet input[type="file"]');
    await input.setInputFiles({ name: "note.png", mimeType: "image/png", buffer: Buffer.from("not a picture") });
    await phone.page.getByRole("alert").filter({ hasText: "not a picture that the browser can read" }).waitFor();
    await sound(phone.page, "camera sheet");
    assert.equal(await phone.button("Use picture").getAttribute("aria-disabled"), "true");
    await input.setInputFiles({ name: "dot.png", mimeType: "image/png", buffer: DOT });
    await phone.page.locator('.sheet .primary[aria-disabled="false"]').click();
    assert.equal((await phone.result()).callback, "success");
  });

  test("take a picture of 20 MiB as base64, and refuse a larger one", async (t) => {
    const most = 20 << 20;
    const folder = await mkdtemp(join(tmpdir(), "selasar-large-"));
    t.after(() => rm(folder, { recursive: true, force: true }));
    const large = join(folder, "large.png");
    await writeFile(large, Buffer.concat([DOT], most + 1)); // zeros follow the picture
    await open();
    const taken = phone
      .frame()
      .locator("body")
      .evaluate(() => {
        const taking = Promise.withResolvers();
        const { resolve } = taking;
        window.gpContainer.call("GPCamera", "takePhoto", { mode: "photo", needBase64: true }, resolve, resolve);
        return taking.promise.then(({ base64Data, ...rest }) => base64Data?.length ?? rest);
      });
    await armed();
    const input = phone.page.locator('.sheet input[type="file"]');
    const use = phone.page.locator('.sheet .primary[aria-disabled="false"]');
    phone.expected = /413/; // the browser's own line about the refused upload
    await input.setInputFiles(large);
    await use.click();
    await phone.page.getByRole("alert").filter({ hasText: "larger than 20971520 bytes" }).waitFor();
    await truncate(large, most);
    await input.setInputFiles(large);
    await use.click();
    assert.deepEqual(await taken, Math.ceil(most / 3) * 4);
  });

  test("offer the pictures of the gallery, which the device panel lists", async () => {
    await open();
    await phone.panel("Device");
    await phone.page.locator('.panel input[type="file"]').setInputFiles({ name: "dot.png", mimeType: "image/png", buffer: DOT });
    const file = phone.page.getByRole("list", { name: "Saved files" }).getByRole("link", { name: "dot.png" });
    await file.waitFor();
    await phone.call("GPCamera.takePhoto", { mode: "photo", needBase64: true });
    await armed();
    await phone.button("From the gallery: dot.png").click();
    await phone.page.getByRole("img", { name: "Picture: chosen" }).waitFor();
    await phone.page.locator('.sheet .primary[aria-disabled="false"]').click();
    assert.equal((await phone.result()).base64Data, DOT.toString("base64"));
  });

  test("say why the browser's camera does not start, and keep the other sources", async () => {
    await open();
    await phone.call("GPCamera.takePhoto", { mode: "camera" });
    await armed();
    await phone.button("Camera").click();
    await phone.page
      .getByRole("alert")
      .filter({ hasText: /camera/ })
      .waitFor();
    assert.equal(await phone.button("Take picture").getAttribute("aria-disabled"), "true");
    await phone.button("Test picture").click();
    await phone.page.locator('.sheet .primary[aria-disabled="false"]').click();
    assert.equal((await phone.result()).callback, "success");
  });
});

/** A PNG of one pixel. */
const DOT = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=", "base64");
