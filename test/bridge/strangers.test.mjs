// Messages from a wrong window or a wrong origin get no answer, regardless of their content (F1).
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { frameAt, openBrowser, openPage } from "../support/browser.mjs";
import { Selasar } from "./support/selasar.mjs";
import { openSite } from "./support/site.mjs";

const EACH = 2_000;

let browser, app, selasar, host, mini;
before(async () => {
  [browser, app] = await Promise.all([openBrowser(), openSite()]);
  selasar = await Selasar.open(app.url("/app.html"));
});
after(async () => {
  await browser?.close();
  await selasar?.close();
  await app?.close();
});

async function openHost() {
  host = await openPage(browser);
  await host.goto(selasar.site.url("/host.html"));
  await host.waitForFunction("window.open1");
  await host.evaluate(() => {
    window.ends = [];
    addEventListener("message", ({ data, source }) => {
      if (!data.end) return;
      ends.push(data.end);
      source.postMessage("the end was heard", "*"); // the first message the stranger gets
    });
    return open1();
  });
  mini = await frameAt(host, app.url("/app.html"));
  await mini.waitForFunction("window.sdk");
  assert.equal(await mini.evaluate("sdk.isInHost()"), true);
}

/** Sends every message of the protocol to a window; resolves with the answers that arrived before the host reported the last one. */
const attack = ([target, count]) =>
  new Promise((resolve) => {
    const heard = [];
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => heard.push(data);
    addEventListener("message", ({ data }) => {
      if (data === "the end was heard") resolve(heard);
      else heard.push(data);
    });
    const messages = [
      { type: "hello", nonce: "0123456789abcdef" },
      { type: "welcome", nonce: "0123456789abcdef", launchId: "x" },
      { type: "call", id: 1, method: "getAuthCode" },
      { type: "capabilities", id: 2 },
      { type: "ping", id: 3 },
      { type: "bye" },
      { type: "result", id: 1, result: { success: true, data: {}, error: null } },
    ];
    for (let i = 0; i < count - 1; i++) window[target].postMessage({ selasar: 1, ...messages[i % messages.length] }, "*");
    window[target].postMessage({ selasar: 1, type: "hello", nonce: "with-a-port" }, "*", [port2]);
    window[target].postMessage({ end: target }, "*");
  });

const addFrame = (src) => {
  const frame = document.createElement("iframe");
  frame.src = src;
  document.body.append(frame);
};

const strangers = {
  "another origin in another frame": async () => {
    const url = app.url("/blank.html?evil", "evil.example");
    await host.evaluate(addFrame, url);
    return [await frameAt(host, url), "parent"];
  },
  "the right origin in another frame": async () => {
    const url = app.url("/blank.html?twin");
    await host.evaluate(addFrame, url);
    return [await frameAt(host, url), "parent"];
  },
  "a frame inside the mini app": async () => {
    const url = app.url("/blank.html?nested");
    await mini.evaluate(addFrame, url);
    return [await frameAt(host, url), "top"];
  },
  "a window that the host opened": async () => {
    const popup = host.waitForEvent("popup");
    await host.evaluate((url) => void window.open(url), app.url("/blank.html?popup"));
    const page = await popup;
    await page.waitForLoadState();
    return [page, "opener"];
  },
  "the mini app's frame after it went to another origin": async () => {
    const url = app.url("/blank.html?gone", "evil.example");
    await mini.evaluate((url) => void (location.href = url), url).catch(() => {});
    return [await frameAt(host, url), "parent"];
  },
};

test(`${Object.keys(strangers).length * EACH} messages of strangers get 0 answers, and are counted`, async (t) => {
  await openHost();
  let sent = 0;
  for (const [who, enter] of Object.entries(strangers)) {
    await t.test(who, async () => {
      const [stranger, target] = await enter();
      assert.deepEqual(await stranger.evaluate(attack, [target, EACH]), []);
      sent += EACH;
      assert.equal(await host.evaluate("session.stats.foreign"), sent);
    });
  }
  assert.equal(sent, 10_000);
  assert.deepEqual(selasar.received, []);
  assert.deepEqual(host.problems, []);
  await host.close();
});

test("the mini app's own page is still served between them", async () => {
  await openHost();
  await host.evaluate(addFrame, app.url("/blank.html?evil", "evil.example"));
  const evil = await frameAt(host, app.url("/blank.html?evil", "evil.example"));
  const [heard, result] = await Promise.all([evil.evaluate(attack, ["parent", 500]), mini.evaluate("sdk.getLocation()")]);
  assert.deepEqual(heard, []);
  assert.equal(result.success, true);
  await host.close();
});

test("a page accepts a welcome only from its parent, even from a window that knows the nonce", async () => {
  const page = await openPage(browser);
  await page.goto(app.url("/blank.html"));
  const url = app.url("/app.html", "app.localhost");
  // The trusted parent gets the hello, but another frame, also of a trusted origin, answers it.
  await page.evaluate(
    ([app, beside]) => {
      const [mini, other] = [app, beside].map((src) => Object.assign(document.createElement("iframe"), { src }));
      document.body.append(other, mini);
      addEventListener("message", ({ data }) => data.type === "hello" && other.contentWindow.postMessage(data, "*"));
    },
    [url, app.url("/blank.html?other", "other.localhost")],
  );
  const other = await frameAt(page, app.url("/blank.html?other", "other.localhost"));
  await other.evaluate(() => {
    window.got = [];
    addEventListener("message", ({ data }) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = (event) => got.push(event.data);
      window.answered = true;
      parent.frames[1].postMessage({ selasar: 1, type: "welcome", nonce: data.nonce, launchId: "x" }, "*", [port2]);
    });
  });
  const frame = await frameAt(page, url);
  await frame.waitForFunction("window.sdk");
  assert.equal((await frame.evaluate("sdk.getAuthCode()")).error.code, 100);
  await other.waitForFunction("window.answered");
  assert.deepEqual(await other.evaluate("got"), []);
  await page.close();
});
