import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { usePhone } from "./phone.mjs";

describe("the device panel", () => {
  const phone = usePhone();
  const device = () => phone.control("GET", "/device");

  test("moves the device to a preset, and the open mini app gets the new location immediately", async () => {
    await phone.open();
    await phone.panel("Device");
    await phone.button("Bandung").click();
    await phone.page.getByRole("button", { name: "Bandung", pressed: true }).waitFor();
    await phone.call("getLocation");
    const { data } = await phone.result();
    assert.ok(Math.abs(data.latitude - -6.9147) < 0.001 && Math.abs(data.longitude - 107.6098) < 0.001);
  });

  test("accepts coordinates, and explains invalid ones", async () => {
    await phone.visit();
    await phone.panel("Device");
    const latitude = phone.page.getByLabel("Latitude");
    await latitude.fill("far north");
    await latitude.press("Enter");
    await phone.page.getByRole("alert").filter({ hasText: "−90 to 90" }).waitFor();
    await latitude.fill("-8.65");
    await latitude.press("Enter");
    await phone.page.getByRole("alert").waitFor({ state: "detached" });
    assert.equal((await device()).location.latitude, -8.65);
  });

  test("sets a location on the map, by a press and by the arrow keys", async () => {
    await phone.visit();
    await phone.panel("Device");
    const map = phone.page.getByRole("application", { name: /Map of the region/ });
    const box = await map.boundingBox();
    await map.click({ position: { x: box.width / 2, y: box.height / 2 } });
    await phone.page.getByRole("application", { name: /at -[12]\.\d+, 11[78]\.\d+/ }).waitFor();
    await map.focus();
    await phone.page.keyboard.press("ArrowRight");
    await phone.page.getByRole("application", { name: /at -[12]\.\d+, 120\.\d+/ }).waitFor();
    assert.ok(Math.abs((await device()).location.longitude - 120.4) < 0.3);
  });

  test("travels along a path drawn on the map", async () => {
    await phone.visit();
    await phone.panel("Device");
    await phone.button("Draw on the map").click();
    const map = phone.page.getByRole("application", { name: /Map of the region/ });
    await map.click({ position: { x: 120, y: 120 } });
    await map.click({ position: { x: 160, y: 120 } });
    await phone.page.getByText(/^points: 2 · /).waitFor();
    await phone.button("Start").click();
    await phone.button("Stop here").waitFor();
    const { path } = (await device()).location;
    assert.equal(path.points.length, 2);
    assert.ok(path.started_at > 0);
    await phone.button("Stop here").click();
    await phone.button("Stop here").waitFor({ state: "detached" });
    assert.equal((await device()).location.path ?? null, null);
  });

  test("switches location services off: getLocation returns 400", async () => {
    await phone.open();
    await phone.panel("Device");
    await phone.page.getByRole("switch", { name: "Location services" }).click();
    await phone.page.getByText("getLocation returns 400.").waitFor();
    await phone.call("getLocation");
    assert.equal((await phone.result()).error.code, 400);
  });

  test("accepts an app version that lacks methods, and names the methods", async () => {
    await phone.open();
    await phone.panel("Device");
    const version = phone.page.getByLabel("App version");
    await version.fill("1.40.0");
    await version.press("Enter");
    await phone.page.getByText("Too old for triggerPayment (1.45.0), getConsent (1.52.0)").waitFor();
    await phone.page.getByRole("list", { name: "Unusual settings of this phone" }).getByText("Version 1.40.0 is too old").waitFor();
    await phone.call("getConsent", "wifi");
    assert.equal((await phone.result()).error.code, 100);
  });

  test("shows a failing super app and an offline phone, and restores both from below the phone", async () => {
    await phone.open();
    await phone.control("PATCH", "/device", { superapp: "failing" });
    await phone.page.getByText("The super app is failing: every call returns 500.").waitFor();
    await phone.call("getAuthCode");
    assert.equal((await phone.result()).error.code, 500);
    await phone.button("Restore").click();
    await phone.button("Restore").waitFor({ state: "detached" });
    await phone.control("PATCH", "/device", { online: false });
    await phone.page.getByRole("img", { name: "Connection: Offline" }).waitFor();
    await phone.call("getAuthCode");
    assert.equal((await phone.result()).error.code, 401);
    await phone.button("Go online").click();
    await phone.page.getByRole("img", { name: "Connection: Wi-Fi" }).waitFor();
    assert.equal((await device()).superapp, "ok");
  });

  test("selects a device preset, and sets automatic answers", async () => {
    await phone.visit();
    await phone.button("Device: Android · 2.10.0").click();
    await phone.page.getByRole("button", { name: /^iPhone 16/ }).click();
    await phone.button("Device: iOS · 2.10.0").waitFor();
    await phone.panel("Device");
    await phone.page.getByLabel("Consent", { exact: true }).selectOption({ label: "always: Allow" });
    await phone.button("answers: automatic").waitFor();
    await phone.button("Open Warung").click();
    await phone.loaded();
    assert.equal((await device()).brand, "Apple");
  });

  test("leaves the focus elsewhere if the reader leaves a menu of the bar before the response", async () => {
    await phone.visit();
    const release = await phone.hold("**/control/v1/mini-app");
    await phone.button("Mini app: Warung").click();
    await phone.button("Suspend").click();
    const tab = phone.page.getByRole("tab", { name: "Journal" });
    await tab.focus();
    await phone.button("Suspend").waitFor({ state: "detached" });
    const answered = phone.page.waitForResponse("**/control/v1/mini-app");
    release();
    await (await answered).finished();
    await phone.row("suspended").waitFor();
    await phone.page.evaluate(() => fetch("/control/v1/state").then((answer) => answer.json())); // by then the page has read the earlier response
    assert.equal(await tab.evaluate((one) => one === document.activeElement), true);
  });

  test("moves the clock: the phone shows the new time, and the bar shows the offset", async () => {
    await phone.visit();
    await phone.button("Clock: now").click();
    await phone.button("+5 min").click();
    await phone.button("Clock moved by +5 min").waitFor();
    await phone.page.getByLabel("Advance by").fill("2h");
    await phone.page.keyboard.press("Enter");
    await phone.button("Clock moved by +2 h 5 min").waitFor();
    assert.ok(Math.abs((await phone.control("GET", "/clock")).offset_ms - 7_500_000) < 2_000);
  });
});
