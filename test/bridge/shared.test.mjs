// Two SDKs of different bundles share one page's side of the bridge.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { build } from "esbuild";
import { frameAt, openBrowser, openPage } from "../support/browser.mjs";
import { Selasar } from "./support/selasar.mjs";
import { openSite } from "./support/site.mjs";

/** Builds the second SDK like the first: minified, with mangled private names. */
async function buildSecond() {
  const { outputFiles } = await build({
    entryPoints: ["test/bridge/pages/second.mjs"],
    bundle: true,
    minify: true,
    mangleProps: /^_[a-z]/,
    format: "iife",
    target: "es2020",
    write: false,
  });
  return outputFiles[0].text;
}

/** Counts the hellos that arrive in the host's page, and the channels that it creates. */
function count() {
  window.seen = { hellos: 0, channels: 0 };
  addEventListener("message", ({ data }) => data?.type === "hello" && window.seen.hellos++);
  window.MessageChannel = class extends MessageChannel {
    constructor() {
      super();
      window.seen.channels++;
    }
  };
}

describe("two SDKs of different bundles", () => {
  let browser, app;
  before(async () => {
    const second = await buildSecond();
    browser = await openBrowser();
    app = await openSite((request, response) => {
      if (request.url !== "/second.js") return false;
      response.writeHead(200, { "content-type": "text/javascript" }).end(second);
      return true;
    });
  });
  after(async () => {
    await browser?.close();
    await app?.close();
  });

  for (const order of ["umd,second", "second,umd"]) {
    test(`share one hello, one port and one launch when they load as ${order}`, async () => {
      const selasar = await Selasar.open(app.url(`/two.html?${order}`));
      selasar.script.call = (method) => ({ result: { success: true, data: method, error: null } });
      const host = await openPage(browser);
      await host.addInitScript(count);
      await host.goto(selasar.site.url("/host.html"));
      await host.waitForFunction("window.open1");
      await host.evaluate("open1()");
      const page = await frameAt(host, app.url());
      await page.waitForFunction("window.MiniAppSDK && window.second");

      const answers = await page.evaluate(async () => {
        window.told = [];
        const sdk = new MiniAppSDK();
        sdk.on("consentchange", ({ name }) => told.push(`first: ${name}`));
        second.onConsentChange(({ name }) => told.push(`second: ${name}`));
        const all = await Promise.all([sdk.getLocation(), second.getWifiInfo(), sdk.getAuthCode(), second.getWifiInfo()]);
        return all.map(({ data }) => data);
      });
      assert.deepEqual(answers, ["getLocation", "getWifiInfo", "getAuthCode", "getWifiInfo"]);
      assert.deepEqual(await host.evaluate("seen"), { hellos: 1, channels: 1 });
      assert.equal(selasar.launches.size, 1);
      assert.equal(selasar.sockets.size, 1);

      selasar.emit("consent_changed", { name: "location", state: "revoked" });
      await page.waitForFunction("told.length === 2");
      assert.deepEqual((await page.evaluate("told")).sort(), ["first: location", "second: location"]);
      assert.deepEqual(host.problems, []);
      await host.close();
      await selasar.close();
    });
  }
});
