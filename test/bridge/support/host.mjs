// A host's page with the host SDK, and a scripted Selasar. Each test of the importing file gets new ones.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach } from "node:test";
import { frameAt, openBrowser, openPage } from "../../support/browser.mjs";
import { Selasar } from "./selasar.mjs";
import { openSite } from "./site.mjs";

export const success = (data) => ({ result: { success: true, data, error: null } });
export const soon = () => Date.now() + 60_000;
export const consentAsk = (id, phase = "launch") => ({
  id,
  kind: "consent",
  phase,
  expires_at: soon(),
  app: { name: "Kopi" },
  consents: [{ name: "location", mandatory: true, reason: "shops near you" }],
});
export const paymentAsk = (id) => ({ id, kind: "payment", expires_at: soon(), payment: { reference_no: "A1" } });

export let browser, app, selasar, host;
before(async () => {
  [browser, app] = await Promise.all([openBrowser(), openSite()]);
});
after(async () => {
  await browser?.close();
  await app?.close();
});
beforeEach(async () => {
  selasar = await Selasar.open(app.url("/app.html"));
  host = await openPage(browser);
  await host.goto(selasar.site.url("/host.html"));
  await host.waitForFunction("window.open1");
});
afterEach(async () => {
  assert.deepEqual(host.problems, []);
  await host.close();
  await selasar.close();
});

export const open = () => host.evaluate("open1()");
export const lastState = () => host.evaluate("states.at(-1)");
export const miniApp = async () => {
  const frame = await frameAt(host, app.url());
  await frame.waitForFunction("window.sdk");
  return frame;
};
/** Takes the next ask for the person out of the queue. */
export const nextAsk = async () => {
  await host.waitForFunction("asks.length > 0");
  return host.evaluate("(window.entry = asks.shift()).ask");
};
export const answer = (value) => host.evaluate((value) => entry.resolve(value), value);
