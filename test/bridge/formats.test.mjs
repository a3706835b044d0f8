// The UMD script in real pages.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { readFile } from "node:fs/promises";
import { frameAt, openBrowser, openPage } from "../support/browser.mjs";
import { Selasar } from "./support/selasar.mjs";
import { openSite } from "./support/site.mjs";

let browser, app, selasar, port;
before(async () => {
  browser = await openBrowser();
  // The page names the host's port, which is not known earlier.
  app = await openSite(async (request, response) => {
    if (!request.url.startsWith("/umd.html")) return false;
    response.writeHead(200, { "content-type": "text/html" });
    response.end((await readFile("test/bridge/pages/umd.html", "utf8")).replace("PORT", port));
    return true;
  });
  selasar = await Selasar.open(app.url("/umd.html", "app.example"));
  port = selasar.site.port;
});
after(async () => {
  await browser?.close();
  await selasar?.close();
  await app?.close();
});

test("the script's dummy is loaded from the script's folder", async () => {
  const page = await openPage(browser);
  await page.goto(app.url("/umd.html"));
  const loaded = page.waitForResponse("**/sdk/client/miniapp-client.dummy.js");
  const { data } = await page.evaluate("new MiniAppSDK({ useDummyService: true }).getLocation()");
  assert.equal(typeof data.latitude, "number");
  assert.equal((await loaded).status(), 200);
  assert.deepEqual(page.problems, []);
  await page.close();
});

test("a host that the script's tag names is trusted, another host is not", async () => {
  const page = await openPage(browser);
  await page.goto(selasar.site.url("/host.html", "superapp.example"));
  await page.waitForFunction("window.open1");
  await page.evaluate("open1()");
  const frame = await frameAt(page, app.url("/umd.html", "app.example"));
  assert.equal(await frame.evaluate("sdk.isInHost()"), true);

  await page.goto(selasar.site.url("/host.html", "unnamed.example"));
  await page.waitForFunction("window.open1");
  await page.evaluate("open1()");
  const other = await frameAt(page, app.url("/umd.html", "app.example"));
  assert.equal(await other.evaluate("sdk.isInHost()"), false);
  await page.close();
});
