// A welcomed page may send anything: the host never throws, forwards no malformed message, and answers with an error or ignores it (F2).
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { frameAt, openBrowser, openPage } from "../support/browser.mjs";
import { Selasar } from "./support/selasar.mjs";
import { openSite } from "./support/site.mjs";

const COUNT = 100_000;

let browser, app, selasar;
before(async () => {
  [browser, app] = await Promise.all([openBrowser(), openSite()]);
  selasar = await Selasar.open(app.url("/blank.html"));
});
after(async () => {
  await browser?.close();
  await selasar?.close();
  await app?.close();
});

test(`${COUNT} malformed messages: no exception, no call forwarded, an error code or no answer`, async () => {
  const host = await openPage(browser);
  await host.goto(selasar.site.url("/host.html"));
  await host.waitForFunction("window.open1");
  await host.evaluate("open1()");
  const hostile = await frameAt(host, app.url());

  const { due, codes } = await hostile.evaluate((count) => import("/hostile.js").then(({ pour }) => pour(count)), COUNT);

  assert.deepEqual(host.problems, []);
  assert.deepEqual(Object.keys(codes).sort(), ["100", "200", "201", "202"]);
  assert.equal(
    Object.values(codes).reduce((sum, n) => sum + n),
    due,
  );
  assert.ok(due > COUNT / 3, `only ${due} answers were due`);
  assert.deepEqual(selasar.received, []);
  const { calls, ignored } = await host.evaluate("session.stats");
  assert.equal(calls, due);
  assert.ok(ignored > COUNT / 3, `only ${ignored} were ignored`);

  const result = await hostile.evaluate(() => import("/hostile.js").then(({ call }) => call("getConsent", { consent_name: "location" })));
  assert.equal(result.success, true);
  const [{ page, ...received }] = selasar.received; // the host numbers its pages
  assert.equal(typeof page, "number");
  assert.deepEqual([received, selasar.received.length], [{ method: "getConsent", params: { consent_name: "location" } }, 1]);
  await host.close();
});

test("a call of 256 KiB passes, one byte more gives an error with the limit", async () => {
  const host = await openPage(browser);
  await host.goto(selasar.site.url("/host.html"));
  await host.waitForFunction("window.open1");
  await host.evaluate("open1()");
  const page = await frameAt(host, app.url());
  const send = (length) =>
    page.evaluate((length) => import("/hostile.js").then(({ call }) => call("getConsent", "x".repeat(length - 2))), length);
  assert.equal((await send(256 * 1024)).success, true);
  const { error } = await send(256 * 1024 + 1);
  assert.equal(error.code, 202);
  assert.match(error.message, /262144/);
  await host.close();
});
