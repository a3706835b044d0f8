// A host that is slow, silent, broken or gone: every call settles once and in time (F4).
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { frameAt, openBrowser, openPage } from "../support/browser.mjs";
import { FrameDriver, ShellDriver } from "./support/drivers.mjs";
import { openSite } from "./support/site.mjs";

let browser, app;
before(async () => {
  [browser, app] = await Promise.all([openBrowser(), openSite()]);
});
after(async () => {
  await browser?.close();
  await app?.close();
});

const success = (data) => ({ result: { success: true, data, error: null } });
const never = () => new Promise(() => {});

/**
 * Makes calls and counts how each settles, and why; resolves after the last. `late` counts the calls that had not settled when a timer
 * of the page fired, which was set after all calls: a busy machine delays that timer too.
 */
const many = ([count, within = 60_000]) => {
  const settled = new Array(count).fill(0);
  const codes = {};
  const messages = {};
  let late;
  const add = (counts, key) => {
    counts[key] = (counts[key] ?? 0) + 1;
  };
  const all = settled.map((_, i) =>
    sdk.getLocation().then(({ error }) => {
      settled[i]++;
      add(codes, error?.code ?? "ok");
      if (error) add(messages, error.message);
    }),
  );
  setTimeout(() => {
    late = settled.filter((times) => times === 0).length;
  }, within);
  return Promise.all(all).then(() => ({ codes, messages, twice: settled.filter((times) => times !== 1).length, late: late ?? 0 }));
};

test("10,000 calls to a server that never answers all settle in time, each once", async () => {
  const driver = await FrameDriver.open(browser, app, { timeout: 3_000 });
  driver.script.call = never;
  const began = performance.now();
  const { codes, twice, late } = await driver.page.evaluate(many, [10_000, 3_000 + 1_000]);
  assert.deepEqual(codes, { 401: 10_000 });
  assert.deepEqual([twice, late], [0, 0]);
  // The host's time-out for a call is 9 s; on a slow machine 64 more calls leave the host after each time-out.
  assert.equal(driver.received.length % 64, 0);
  assert.ok(driver.received.length <= 64 * (1 + Math.floor((performance.now() - began) / 9_000)), "the rest never left the host");
  assert.deepEqual(driver.problems, []);
  await driver.close();
});

test("calls beyond the full queue are refused with 401", async () => {
  const driver = await FrameDriver.open(browser, app, { timeout: 60_000 });
  let release;
  const gate = new Promise((resolve) => (release = resolve));
  driver.script.call = () => gate.then(() => success(null));
  const all = driver.page.evaluate(many, [10_064 + 36]);
  while (driver.received.length < 64) await driver.page.evaluate("sdk.isInHost()");
  await driver.page.evaluate("sdk.isInHost()"); // is processed after all the calls
  release();
  const { codes, twice } = await all;
  assert.deepEqual(codes, { ok: 10_064, 401: 36 });
  assert.equal(twice, 0);
  await driver.close();
});

test("a server that crashes settles the calls in flight, and serves again after its restart", async () => {
  const driver = await FrameDriver.open(browser, app, { timeout: 60_000 });
  driver.script.call = never;
  const all = driver.page.evaluate(many, [1_000]);
  while (driver.received.length < 64) await driver.page.evaluate("sdk.isInHost()");
  driver.selasar.crash();
  const { codes, messages, twice } = await all;
  assert.deepEqual([codes, twice], [{ 401: 1_000 }, 0]);
  assert.deepEqual(messages, { "Network error: the connection to Selasar is lost": 64, "Network error: Selasar cannot be reached": 936 });
  const { error } = await driver.page.evaluate("sdk.getLocation()");
  assert.match(error.message, /^Network error: Selasar cannot be reached/);

  driver.selasar.restart();
  driver.script.call = () => success("back");
  let result;
  do result = await driver.page.evaluate("sdk.getLocation()");
  while (!result.success);
  assert.equal(result.data, "back");
  await driver.close();
});

test("a call in flight when the connection breaks is lost, and not sent again", async () => {
  const driver = await FrameDriver.open(browser, app, { timeout: 60_000 });
  driver.script.call = (method) => (method === "getAuthCode" ? never() : success("next"));
  const lost = driver.page.evaluate("sdk.getAuthCode()");
  while (driver.received.length < 1) await driver.page.evaluate("sdk.isInHost()");
  for (const ws of driver.selasar.sockets) ws.terminate();
  const { error } = await lost;
  assert.deepEqual([error.code, error.message], [401, "Network error: the connection to Selasar is lost"]);
  assert.equal((await driver.page.evaluate("sdk.getLocation()")).data, "next");
  assert.deepEqual(
    driver.received.map(({ method }) => method),
    ["getAuthCode", "getLocation"],
  );
  await driver.close();
});

test("a server that does not know the launch ends it: 203, and the page gets the event", async () => {
  const driver = await FrameDriver.open(browser, app);
  await driver.page.evaluate("sdk.on('launchend', ({ reason }) => (window.over = reason)); sdk.isInHost()");
  driver.selasar.forget("launch-1");
  for (const ws of driver.selasar.sockets) ws.terminate();
  await driver.page.waitForFunction("window.over");
  assert.equal((await driver.page.evaluate("sdk.getLocation()")).error.code, 203);
  assert.deepEqual((await driver.host.evaluate("states")).at(-1)[0], "ended");
  await driver.close();
});

test("a host that closes the port settles all calls immediately; the next call connects again", async () => {
  const driver = await FrameDriver.open(browser, app, { timeout: 60_000 });
  driver.script.call = never;
  const all = driver.page.evaluate(many, [100]);
  while (driver.received.length < 64) await driver.page.evaluate("sdk.isInHost()");
  await driver.host.evaluate("session.frames[0].bridge.close()");
  const { messages, twice } = await all;
  assert.deepEqual([messages, twice], [{ "Network error: the host is gone": 100 }, 0]);
  driver.script.call = () => success("again");
  assert.equal((await driver.page.evaluate("sdk.getLocation()")).data, "again");
  await driver.close();
});

test("a lost host gives errors: the dummy service does not replace it", async () => {
  const driver = await FrameDriver.open(browser, app, { timeout: 300, useDummyService: true }, true);
  driver.script.call = () => success("the host's");
  assert.equal((await driver.page.evaluate("sdk.getLocation()")).data, "the host's");
  await driver.host.evaluate("session.frames[0].door.close(); session.frames[0].bridge.close()");
  const inTime = async (call) => {
    await driver.page.evaluate(`void (window.asked = sdk.${call})`);
    await driver.clock.runFor(300);
    return driver.page.evaluate("asked");
  };
  assert.equal(await inTime("isInHost()"), false);
  assert.equal((await inTime("getLocation()")).error?.code, 401);
  await driver.close();
});

test("a page that navigates drops its calls; the next page is served", async () => {
  const driver = await FrameDriver.open(browser, app);
  driver.script.call = never;
  await driver.page.evaluate("void (sdk.getLocation(), sdk.getLocation())");
  while (driver.received.length < 2) await driver.page.evaluate("sdk.isInHost()");
  const gone = driver.host.waitForFunction("pages.includes('gone')");
  const next = app.url("/app.html?%7B%7D");
  await driver.page.evaluate((url) => void (location.href = url), next).catch(() => {});
  await gone;
  assert.equal(await driver.host.evaluate("session.stats.dropped"), 2);
  driver.script.call = () => success("next");
  const page = await frameAt(driver.host, next);
  await page.waitForFunction("window.sdk");
  assert.equal((await page.evaluate("sdk.getLocation()")).data, "next");
  await driver.close();
});

test("a reloaded host page opens the mini app again", async () => {
  const driver = await FrameDriver.open(browser, app);
  driver.script.call = () => success("anew");
  await driver.page.evaluate("sdk.getLocation()");
  await driver.host.reload();
  await driver.host.waitForFunction("window.open1");
  await driver.host.evaluate("open1()");
  const page = await frameAt(driver.host, app.url());
  await page.waitForFunction("window.sdk");
  assert.equal((await page.evaluate("sdk.getLocation()")).data, "anew");
  await driver.close();
});

test("the page detects by its pings that a shell died while a person decides", async () => {
  const driver = await ShellDriver.open(browser, app, "android");
  await driver.page.clock.install();
  await driver.page.reload({ waitUntil: "load" });
  driver.script.call = () => ({ after: () => success(null).result });
  await driver.page.evaluate(`
    window.settled = null;
    void sdk.triggerPayment({ deeplink: "gopay://x" }).then((result) => (window.settled = result));
  `);
  await driver.shell.nextDecision();
  for (let minute = 0; minute < 12; minute++) {
    const ping = driver.shell.nextPing();
    await driver.page.clock.runFor(5_000);
    await ping;
    assert.equal(await driver.page.evaluate("sdk.isInHost().then(() => settled)"), null); // after the pong
  }
  driver.shell.die();
  await driver.page.clock.runFor(15_001);
  assert.equal((await driver.page.evaluate("settled")).error.code, 401);
  await driver.close();
});

for (const kind of ["wkwebview", "android"]) {
  test(`a page ignores messages of the shell for the previous page (${kind})`, async () => {
    const driver = await ShellDriver.open(browser, app, kind);
    let answer;
    driver.script.call = () => new Promise((resolve) => (answer = () => resolve(success("mine"))));
    await driver.page.evaluate("void (window.located = sdk.getLocation())");
    while (!answer) await driver.page.evaluate("sdk.isInHost()");
    const { result } = success("of before");
    for (const nonce of [undefined, null, "", "of-before"]) {
      for (const id of [1, 2, 3]) driver.shell.send({ type: "result", id, result, nonce });
      driver.shell.send({ type: "bye", nonce });
    }
    answer();
    assert.equal((await driver.page.evaluate("located")).data, "mine");
    await driver.close();
  });
}

for (const kind of ["wkwebview", "android"]) {
  test(`a page that comes back from the back/forward cache says hello again (${kind})`, async () => {
    const driver = await ShellDriver.open(browser, app, kind);
    driver.script.call = () => success("located");
    assert.equal((await driver.page.evaluate("sdk.getLocation()")).data, "located");
    // The browser stores the page, and another page says hello to the shell.
    await driver.page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))");
    const { data, took } = await driver.page.evaluate(async () => {
      const began = performance.now();
      const { data } = await sdk.getLocation();
      return { data, took: performance.now() - began };
    });
    assert.equal(data, "located");
    assert.ok(took < 5_000, `${took} ms`);
    await driver.close();
  });
}

test("an invalid envelope becomes 500, and a second answer has no effect", async () => {
  const page = await openPage(browser);
  await page.goto(app.url("/blank.html"));
  // A hand-written host that answers everything three times, first with an invalid envelope.
  await page.evaluate(
    (src) => {
      addEventListener("message", ({ data, source, origin }) => {
        if (data.type !== "hello") return;
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = ({ data: { id, method } }) => {
          for (const junk of [
            null,
            7,
            { type: "result", id: 99 },
            { type: "nonsense", id },
            { type: "waiting" },
            { type: "event", name: "__proto__" },
          ])
            port1.postMessage(junk);
          // It comes before the result of this call, so that the page cannot have made the next call yet.
          port1.postMessage({ type: "result", id: id + 1, result: { success: true, data: "not asked yet" } });
          port1.postMessage({
            type: "result",
            id,
            result: method === "getLocation" ? "junk" : { success: false, error: { code: 300, message: "first" } },
          });
          port1.postMessage({ type: "result", id, result: { success: true, data: "second" } });
        };
        source.postMessage({ selasar: 1, type: "welcome", nonce: data.nonce, launchId: "x" }, origin, [port2]);
      });
      document.body.append(Object.assign(document.createElement("iframe"), { src }));
    },
    app.url("/app.html", "app.localhost"),
  );
  const frame = await frameAt(page, app.url("", "app.localhost"));
  await frame.waitForFunction("window.sdk");
  assert.equal((await frame.evaluate("sdk.getLocation()")).error.code, 500);
  for (const _ of [1, 2]) {
    assert.deepEqual(await frame.evaluate("sdk.getWifiInfo()"), { success: false, data: null, error: { code: 300, message: "first" } });
  }
  assert.deepEqual(page.problems, []);
  await page.close();
});
