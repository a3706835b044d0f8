import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { usePhone } from "./phone.mjs";

describe("a phone that moves", () => {
  const phone = usePhone({ target: fileURLToPath(new URL("apps/v2", import.meta.url)) });
  const space = () => phone.page.getByRole("application", { name: /^Phone in space/ });
  const motion = async () => (await phone.control("GET", "/device")).motion;

  async function open() {
    await phone.control("PATCH", "/answers", { consent: "allow" });
    await phone.visit();
    await phone.button("Open Warung").click();
    await phone.loaded();
    await phone.panel("Device");
  }

  /** Waits until the page has heard an event whose payload passes. */
  const hears = (name, passes) =>
    phone
      .frame()
      .locator("body")
      .evaluate(
        (_, [event, code]) =>
          new Promise((heard) => {
            const check = new Function("param", `return ${code}`);
            document.addEventListener(event, ({ param }) => check(param) && heard(param));
          }),
        [name, passes],
      );

  test("is turned by the arrow keys and by dragging, and the mini app gets the readings", async () => {
    await open();
    await phone.call("GPMotion.startAccelerometer", { interval: "game" });
    assert.equal((await phone.result()).msg, "ACCELEROMETER_STARTED");
    const upright = hears("GPMotion.Event.accelerometer", "param.y > 9 && Math.abs(param.z) < 2");
    await phone.button("Upright").click();
    await upright;
    await space().focus();
    await phone.page.keyboard.press("ArrowDown");
    await phone.page.keyboard.press("ArrowRight");
    await phone.page.getByRole("application", { name: "Tilt 85°, roll 5°" }).waitFor();
    const before = (await motion()).gamma;
    const { x, y, width, height } = await space().boundingBox();
    await phone.page.mouse.move(x + width / 2, y + height / 2);
    await phone.page.mouse.down();
    await phone.page.mouse.move(x + width / 2 + 40, y + height / 2, { steps: 20 });
    await phone.page.mouse.up();
    await phone.page.getByRole("application", { name: "Tilt 85°, roll 35°" }).waitFor();
    await phone.page.waitForFunction(async () => (await (await fetch("/control/v1/device")).json()).motion.gamma === 35);
    assert.ok(before <= 5);
  });

  test("turns to a heading on the dial and in the field, and explains an invalid one", async () => {
    await open();
    const dial = phone.page.getByRole("slider", { name: "Heading" });
    await dial.focus();
    await phone.page.keyboard.press("PageDown");
    await phone.page.getByRole("slider", { name: "Heading" }).and(phone.page.locator('[aria-valuenow="345"]')).waitFor();
    await phone.call("GPMotion.startCompass", { interval: "game" });
    await hears("GPMotion.Event.compass", "param.direction === 345");
    const field = phone.page.getByLabel("Heading", { exact: true }).and(phone.page.locator("input"));
    await field.fill("400");
    await field.press("Enter");
    await phone.page.getByRole("alert").filter({ hasText: "0 to 359" }).waitFor();
  });

  test("plays a recorded movement until it is stopped", async () => {
    await open();
    await phone.button("Record").click();
    await space().focus();
    await phone.page.keyboard.press("ArrowUp");
    await phone.page.getByRole("application", { name: "Tilt 5°" }).waitFor();
    await phone.button("Stop recording").click();
    await phone.page.getByLabel("Play a movement…").selectOption("recorded");
    const stop = phone.button("Stop");
    await stop.and(phone.page.locator(":enabled")).waitFor();
    const { path } = await motion();
    assert.equal(path.points[0].beta, 0);
    assert.equal(path.points.at(-1).beta, 5);
    await stop.click();
    await stop.and(phone.page.locator(":disabled")).waitFor();
    assert.equal((await motion()).path, undefined);
  });

  test("is shaken and blown at, and vibrates with a word", async () => {
    await open();
    await phone.call("GPMotion.listeningShake", { on: true });
    assert.equal((await phone.result()).msg, "SHAKE_STARTED");
    const shaken = hears("motion.shake", "true");
    await phone.button("Shake").click();
    await phone.page.getByText("Shaken.").waitFor();
    await shaken;
    await phone.call("GPMotion.listenBlow", {});
    await phone.result();
    const blown = hears("motion.blow", "param.pass > 0");
    await phone.button("Blow").click();
    await blown;
    await phone.call("GPMotion.vibrate", { duration: 7000 });
    await phone.page.getByRole("status").filter({ hasText: "Vibrating for 7.0 s" }).waitFor();
    const shake = () => phone.page.locator(".phone-screen").evaluate((one) => getComputedStyle(one).animationName);
    assert.match(await shake(), /^buzz-/);
    await phone.page.emulateMedia({ reducedMotion: "reduce" });
    assert.equal(await shake(), "none");
    await phone.call("GPBase.copyToClipboard", { text: "<b>1234</b>" });
    await phone.page.getByRole("status").filter({ hasText: "Copied: <b>1234</b>" }).waitFor();
    assert.equal(await phone.page.getByLabel("Text", { exact: true }).inputValue(), "<b>1234</b>");
  });
});
