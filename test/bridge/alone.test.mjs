// Without a host, every call settles within 300 ms with code 100 and the reason. The page's own timers measure it: a timer that is
// set right after the calls, for a later time, must not fire first, even on a busy machine.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { ENGINES, openEngine } from "../support/browser/engines.mjs";
import { openSite } from "./support/site.mjs";

const LIMIT_MS = 300;
const every = `[
  sdk.getAuthCode(), sdk.getBankAccountToken(), sdk.triggerPayment({ deeplink: "gopay://x" }), sdk.openDeeplink("gopay://x"),
  sdk.openGopayDeeplink(42), sdk.getConsent(), sdk.getLocation(), sdk.getSystemInfo(), sdk.getWifiInfo(),
]`;
/** The results, or null if a timer of this many milliseconds fires first. */
const within = (ms) => `Promise.race([Promise.all(${every}), new Promise((late) => setTimeout(late, ${ms}, null))])`;

let site, browser;
/** True while the site does not serve the dummy. */
let withoutDummy = false;
before(async () => {
  site = await openSite((request, response) => {
    if (!withoutDummy || !request.url.startsWith("/sdk/client/miniapp-client.dummy.js")) return false;
    response.writeHead(503).end();
    return true;
  });
});
after(() => site?.close());

/** Asserts that every method reports in time that there is no host, in the first call and in the second. */
async function assertAlone(page, why, limit = LIMIT_MS) {
  for (const _ of [1, 2]) assertNoHost(await page.evaluate(within(limit)), why);
}

function assertNoHost(results, why) {
  assert.ok(results, "all calls settle in time");
  assert.equal(results.length, 9);
  for (const { success, data, error } of results) {
    assert.deepEqual([success, data, error.code], [false, null, 100]);
    assert.match(error.message, why);
    assert.match(error.message, /^Method not supported: no host, /);
  }
}

/** Opens the mini app in a frame of another page, and measures there. */
async function inFrameOf(host, options, frameHost = "app.example") {
  const page = await browser.newPage();
  const query = options ? `?${encodeURIComponent(JSON.stringify(options))}` : "";
  const app = site.url(`/app.html${query}`, frameHost);
  await page.goto(`${site.url("/embed.html", host)}?${encodeURIComponent(app)}`);
  const frame = page.frame();
  await frame.waitForFunction("window.sdk");
  return { page, frame };
}

/** Counts the hellos from a frame to its page from now on. All have arrived when the frame's last message arrives. */
async function countHellos(page, frame) {
  await page.evaluate(() => {
    window.hellos = 0;
    addEventListener("message", ({ data }) => {
      if (data?.type === "hello") window.hellos++;
      if (data === "the last word") window.all = true;
    });
  });
  return async () => {
    await frame.evaluate("parent.postMessage('the last word', '*')");
    await page.waitForFunction("window.all");
    return page.evaluate("hellos");
  };
}

for (const engine of ENGINES) {
  describe(`in ${engine}`, () => {
    before(async () => {
      browser = await openEngine(engine);
    });
    after(() => browser?.close());
    alone();
  });
}

function alone() {
  test("a plain tab answers immediately, with any arguments", async () => {
    const page = await browser.newPage();
    await page.goto(site.url("/app.html"));
    await page.waitForFunction("window.sdk");
    await assertAlone(page, /plain tab/, 0);
    assert.equal(await page.evaluate("sdk.isInHost()"), false);
    const { app_version, methods } = await page.evaluate("sdk.capabilities()");
    assert.equal(app_version, null);
    assert.deepEqual(methods.getLocation.available, false);
    assert.deepEqual(methods.getLocation.reason.code, 100);
    assert.equal(methods.getConsent.min_version, "1.52.0");
    await page.close();
  });

  test("a frame of an untrusted page answers immediately and names the page's origin", async () => {
    const { page, frame } = await inFrameOf("stranger.example");
    await assertAlone(frame, /http:\/\/stranger\.example:\d+, which is not in hostOrigins/, 0);
    await page.close();
  });

  for (const [who, host, options] of [
    ["loopback", "localhost"],
    ["the page's own host name", "app.example"],
    ["a named host origin", "stranger.example", (port) => ({ hostOrigins: [`http://stranger.example:${port}/`] })],
  ]) {
    test(`a trusted parent (${who}) that is no host gets a time-out, at every attempt`, async () => {
      const { page, frame } = await inFrameOf(host, options?.(site.port));
      await assertAlone(frame, /no host answered/);
      await page.close();
    });
  }

  test("a frame in a data: page has no host", async () => {
    const page = await browser.newPage();
    await page.goto(site.url("/blank.html"));
    await page.evaluate(
      (inner) => {
        document.body.innerHTML = `<iframe src='data:text/html,<iframe src="${inner}"></iframe>'></iframe>`;
      },
      site.url("/app.html", "app.example"),
    );
    const frame = page.frame().frame();
    await frame.waitForFunction("window.sdk");
    await assertAlone(frame, /a frame of null/, 0);
    await page.close();
  });

  for (const [where, host, asked] of [
    ["in a frame of a page that is no trusted host", "stranger.example", 0],
    ["under a trusted parent that is no host", "localhost", 1],
  ]) {
    test(`with useDummyService the dummy answers ${where}`, async () => {
      const { page, frame } = await inFrameOf(host, { useDummyService: true });
      const hellos = await countHellos(page, frame);
      assert.equal((await frame.evaluate("sdk.getAuthCode()")).data.authCode.length, 64);
      assert.equal((await frame.evaluate("sdk.getLocation()")).success, true);
      assert.equal(await frame.evaluate("sdk.isInHost()"), false);
      assert.equal(await hellos(), asked, "the second call does not wait for a host");
      await page.close();
    });
  }

  test("a dummy that does not load gives an error with the reason", async () => {
    const page = await browser.newPage();
    withoutDummy = true;
    await page.goto(site.url(`/app.html?${encodeURIComponent('{"useDummyService":true}')}`));
    await page.waitForFunction("window.sdk");
    const { error } = await page.evaluate("sdk.getAuthCode()");
    assert.equal(error.code, 100);
    assert.match(error.message, /dummy service did not load/);
    withoutDummy = false;
    await page.close();
  });
}

test("server rendering gets an answer immediately, and no timer keeps the process running", async () => {
  const { execFile } = await import("node:child_process");
  const script = `
    import MiniAppSDK from "./internal/webui/sdk/miniapp-client/dist/miniapp-client.js";
    const sdk = new MiniAppSDK({ hostOrigins: ["https://superapp.example"] });
    sdk.on("launchend", () => {});
    const results = await ${within(0).replace("setTimeout", "setImmediate").replace(", 0", "")};
    console.log(JSON.stringify({ results, timers: process.getActiveResourcesInfo().filter((kind) => kind === "Timeout") }));
  `;
  const stdout = await new Promise((resolve, reject) =>
    execFile(process.execPath, ["--input-type=module", "-e", script], (error, out) => (error ? reject(error) : resolve(out))),
  );
  const { results, timers } = JSON.parse(stdout);
  assertNoHost(results, /no window/);
  assert.deepEqual(timers, []);
});
