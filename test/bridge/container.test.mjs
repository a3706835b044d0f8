// The script of gpContainer: callbacks, promises, time-outs, events, and what it shares with the SDK of the same page.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import { frameAt, openBrowser, openPage } from "../support/browser.mjs";
import { Selasar } from "./support/selasar.mjs";
import { openSite } from "./support/site.mjs";

const ok = (more = {}) => ({ result: { success: true, ret: "GP_SUCCESS", ...more } });
const no = (more = {}) => ({ result: { success: false, ret: "GP_EXCEPTION", error_code: "300", error_type: "JS_BRIDGE_ERROR", ...more } });
const never = () => new Promise(() => {});

let browser, app;
before(async () => {
  browser = await openBrowser();
  app = await openSite();
});
after(async () => {
  await browser?.close();
  await app?.close();
});

describe("gpContainer.call in a host", () => {
  let selasar, host, page;
  beforeEach(async () => {
    selasar = await Selasar.open(app.url("/container.html"));
    host = await openPage(browser);
    await host.goto(selasar.site.url("/host.html"));
    await host.waitForFunction("window.open1");
    await host.evaluate("open1()");
    page = await frameAt(host, app.url());
    await page.waitForFunction("window.calls");
  });
  afterEach(async () => {
    await host.close();
    await selasar.close();
  });

  test("sends class and method as one name in the dialect, with the parameters", async () => {
    selasar.script.call = (method, params) => ok({ data: { method, params } });
    assert.deepEqual(await page.evaluate(() => calls("GPLocation", "getLocation", { enable_high_accuracy: true })), [
      "success",
      { success: true, ret: "GP_SUCCESS", data: { method: "GPLocation.getLocation", params: { enable_high_accuracy: true } } },
    ]);
    assert.equal(selasar.received.at(-1).dialect, "container");
  });

  test("gives a failure to the failure callback, unchanged", async () => {
    selasar.script.call = () => no({ callbackId: "7", ret: "GP_PARAM_ERR" });
    const [callback, result] = await page.evaluate(() => calls("GPAnalytics", "trackEvent"));
    assert.equal(callback, "failure");
    assert.deepEqual(result, no({ callbackId: "7", ret: "GP_PARAM_ERR" }).result);
  });

  test("returns a promise only without callbacks; a failure rejects it", async () => {
    selasar.script.call = (method) => (method.endsWith("good") ? ok({ msg: "done" }) : no());
    const seen = await page.evaluate(async () => ({
      good: await gpContainer.call("GP", "good"),
      bad: await gpContainer.call("GP", "bad", {}).catch((failure) => failure.error_code),
      timed: await gpContainer.call("GP", "good", {}, 5000),
      withSuccess: gpContainer.call("GP", "good", {}, () => {}) === undefined,
      withFailure: gpContainer.call("GP", "good", {}, null, () => {}) === undefined,
      withTime: await gpContainer.call("GP", "good", {}, null, null, 9000).then(({ msg }) => msg),
    }));
    assert.deepEqual(seen, {
      good: ok({ msg: "done" }).result,
      bad: "300",
      timed: ok({ msg: "done" }).result,
      withSuccess: true,
      withFailure: true,
      withTime: "done",
    });
  });

  test("takes a number in the last place as the time-out, in ms", async () => {
    selasar.script.call = never;
    const [five, six, wrapper] = await page.evaluate(async () => {
      const outcome = (args) => new Promise((resolve) => gpContainer.call("GP", "slow", {}, ...args(resolve)));
      const began = performance.now();
      const all = await Promise.all([
        outcome((done) => [null, done, 40]),
        outcome((done) => [() => {}, done, 60]),
        gpContainer.call("GP", "slow", {}, 50).catch((failure) => failure),
      ]);
      return [...all, performance.now() - began];
    });
    for (const failure of [five, six, wrapper]) {
      assert.deepEqual([failure.success, failure.error_code, failure.errorCode, failure.ret], [false, "401", "401", ["HY_TIMEOUT"]]);
      assert.match(failure.error_message, /^Network error: no answer from the host in \d+ ms$/);
    }
  });

  test("accepts a time-out of 300,000 and one beyond every timer", async () => {
    selasar.script.call = () => ok();
    const answers = await page.evaluate(() =>
      Promise.all([calls("GP", "x", {}, 300_000), calls("GP", "x", {}, 1e15), calls("GP", "x", {}, Infinity)]),
    );
    assert.deepEqual(
      answers.map(([callback]) => callback),
      ["success", "success", "success"],
    );
  });

  test("calls back once, although a callback throws, calls again, or the host answers twice", async () => {
    selasar.script.call = (method) => ok({ data: method });
    const seen = await page.evaluate(async () => {
      const heard = [];
      const errors = [];
      addEventListener("error", (event) => {
        errors.push(event.message);
        event.preventDefault();
      });
      gpContainer.call(
        "GP",
        "throws",
        {},
        () => {
          heard.push("throws");
          throw new Error("of the page");
        },
        () => heard.push("never"),
      );
      gpContainer.call("GP", "again", {}, () => {
        heard.push("again");
        gpContainer.call("GP", "inner", {}, () => heard.push("inner"));
      });
      await calls("GP", "last");
      await new Promise((later) => setTimeout(later));
      await calls("GP", "last");
      return { heard, errors };
    });
    assert.deepEqual(seen, { heard: ["throws", "again", "inner"], errors: ["Uncaught Error: of the page"] });
    host.problems.length = 0;
  });

  test("answers wrong arguments without the host, and says what is wrong", async () => {
    const wrong = [
      [[], "200", /needs className \(string\)/],
      [["GP"], "200", /needs methodName/],
      [[7, "x"], "201", /className of gpContainer.call must be a string, got number/],
      [["GP", null], "201", /methodName .* got object/],
      [["", ""], "200", /needs className/],
    ];
    for (const [args, code, message] of wrong) {
      const failure = await page.evaluate((all) => gpContainer.call(...all).catch((failed) => failed), args);
      assert.deepEqual([failure.error_code, failure.errorType, failure.ret], [code, "JS_BRIDGE_ERROR", "GP_EXCEPTION"]);
      assert.match(failure.error_message, message);
    }
    const shifted = await page.evaluate(
      () =>
        new Promise((resolve) =>
          gpContainer.call(
            "GP",
            "x",
            () => {},
            () => {},
            resolve,
          ),
        ),
    );
    assert.match(shifted.error_message, /third argument of gpContainer.call is the parameters, got a function/);
    assert.equal(selasar.received.filter(({ type }) => type === "call").length, 0, "nothing reached Selasar");
  });

  test("settles calls with cyclic, huge and uncloneable parameters", async () => {
    const codes = await page.evaluate(async () => {
      const cycle = {};
      cycle.self = cycle;
      const all = [cycle, { text: "x".repeat(300_000) }, { fn() {} }, { big: 10n }];
      return Promise.all(all.map(async (params) => (await calls("GP", "x", params))[1].errorCode));
    });
    assert.deepEqual(codes, ["202", "202", "201", "201"]);
  });

  test("dispatches events on document: cancelable, not bubbling, with param and detail", async () => {
    await page.evaluate(() => {
      window.heard = [];
      for (const target of [document, window])
        target.addEventListener("GPMotion.Event.compass", ({ param, detail, cancelable, bubbles }) =>
          heard.push({ on: target === window ? "window" : "document", param, detail, cancelable, bubbles }),
        );
    });
    await page.evaluate(() => calls("GP", "x")); // connects
    const data = { direction: 12.5, timestamp: 1 };
    const emit = (variants) =>
      selasar.emit("subscription_reading", {
        call_id: "c",
        subscription: "compass",
        name: "GPMotion.Event.compass",
        at: 1,
        data,
        ...(variants && { variants }),
      });
    emit();
    await page.waitForFunction("heard.length === 1");
    emit({ events: "param", "events-bubble": "yes" });
    await page.waitForFunction("heard.length === 3");
    emit({ events: "detail" });
    await page.waitForFunction("heard.length === 4");
    const one = { on: "document", cancelable: true, bubbles: false };
    assert.deepEqual(await page.evaluate("heard"), [
      { ...one, param: data, detail: data },
      { ...one, bubbles: true, param: data, detail: null },
      { ...one, on: "window", bubbles: true, param: data, detail: null },
      { ...one, param: undefined, detail: data },
    ]);
  });

  test("shares one hello, one launch and one socket with MiniAppSDK and with a second copy of the script", async () => {
    selasar.script.call = (method) =>
      method.includes(".") ? ok({ data: method }) : { result: { success: true, data: method, error: null } };
    const seen = await page.evaluate(async () => {
      const load = (src) =>
        new Promise((resolve, reject) =>
          document.head.append(Object.assign(document.createElement("script"), { src, onload: resolve, onerror: reject })),
        );
      const first = gpContainer.call;
      await load("/sdk/container/gp-container.min.js?again");
      await load("/sdk/client/miniapp-client.umd.js");
      const sdk = new MiniAppSDK();
      const all = await Promise.all([calls("GPLocation", "getLocation"), sdk.getLocation(), calls("GPBase", "getLocale")]);
      return { same: gpContainer.call === first, all: all.map((one) => one.data ?? one[1].data) };
    });
    assert.deepEqual(seen, { same: true, all: ["GPLocation.getLocation", "getLocation", "GPBase.getLocale"] });
    assert.deepEqual([selasar.launches.size, selasar.sockets.size], [1, 1]);
  });

  test("keeps the object of a page that has made gpContainer before", async () => {
    const kept = await page.evaluate(async () => {
      delete window.gpContainer;
      const own = (window.gpContainer = { own: true });
      await new Promise((resolve) =>
        document.head.append(
          Object.assign(document.createElement("script"), { src: "/sdk/container/gp-container.min.js?own", onload: resolve }),
        ),
      );
      return [window.gpContainer === own, own.own, typeof own.call];
    });
    assert.deepEqual(kept, [true, true, "function"]);
  });

  test("serves a wrapper that rejects on success: false in the success callback, with a time-out of 300,000", async () => {
    selasar.script.call = (method) => (method === "GP.good" ? ok({ data: { a: 1 } }) : no());
    const seen = await page.evaluate(async () => {
      const wrapper = (className, method, params = {}) =>
        new Promise((resolve, reject) =>
          window.gpContainer.call(
            className,
            method,
            params,
            (response) => (response.success === false ? reject(response) : resolve(response)),
            reject,
            300000,
          ),
        );
      return [(await wrapper("GP", "good")).data, await wrapper("GP", "bad").catch(({ error_code }) => error_code)];
    });
    assert.deepEqual(seen, [{ a: 1 }, "300"]);
  });
});

describe("gpContainer.call without a host", () => {
  test("fails within 300 ms with the number 1003, in both spellings", async () => {
    const page = await openPage(browser);
    await page.goto(app.url("/container.html"));
    const seen = await page.evaluate(() =>
      Promise.race([calls("GPMiniAppAuth", "getAuthCode"), new Promise((late) => setTimeout(late, 300, "late"))]),
    );
    assert.equal(seen[0], "failure");
    const { errorCode, error_code, errorType, error_type, errorMessage, ret } = seen[1];
    assert.deepEqual(
      [errorCode, error_code, errorType, error_type, ret],
      [1003, 1003, "JS_BRIDGE_ERROR", "JS_BRIDGE_ERROR", "GP_EXCEPTION"],
    );
    assert.match(errorMessage, /no host, this page is open in a plain tab/);
    await page.close();
  });

  test("serves a wrapper that polls for gpContainer and reads errorCode === 1003", async () => {
    const page = await openPage(browser);
    await page.goto(app.url("/blank.html"));
    const found = page.evaluate(async () => {
      for (let tries = 0; tries < 10 && !window.gpContainer; tries++) await new Promise((later) => setTimeout(later, 300));
      return new Promise((resolve) => {
        const outside = (error) => resolve(error.errorCode === 1003 || error.errorType === "JS_BRIDGE_ERROR");
        window.gpContainer.call("GPMiniAppAuth", "getAuthCode", {}, (response) => resolve(response.success), outside, 300000);
      });
    });
    await page.addScriptTag({ url: "/sdk/container/gp-container.min.js" });
    assert.equal(await found, true);
    await page.close();
  });

  test("is loaded once by a wrapper that skips its script when the object exists, also as a module", async () => {
    const page = await openPage(browser);
    await page.goto(app.url("/container.html"));
    const seen = await page.evaluate(async () => {
      const first = gpContainer;
      if (!window.gpContainer) document.head.append(Object.assign(document.createElement("script"), { src: "/nowhere.js" }));
      await import("/sdk/container/gp-container.min.js?module");
      const { gpContainer: exported } = await import("/sdk/container/gp-container.js");
      return [gpContainer === first, exported === first];
    });
    assert.deepEqual(seen, [true, true]);
    await page.close();
  });
});
