// One contract for every connection between a mini app's page and its host, in every browser.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { ENGINES, openEngine } from "../support/browser/engines.mjs";
import { openBrowser } from "../support/browser.mjs";
import { listen } from "./support/console.mjs";
import { DummyDriver, FrameDriver, ShellDriver } from "./support/drivers.mjs";
import { dummyContract } from "./support/dummy.mjs";
import { failure, results, samples, shape, success } from "./support/samples.mjs";
import { openSite } from "./support/site.mjs";

let app;
before(async () => {
  app = await openSite();
});
after(() => app?.close());

const transports = {
  frame: (browser, ...how) => FrameDriver.open(browser, app, ...how),
  wkwebview: (browser, ...how) => ShellDriver.open(browser, app, "wkwebview", ...how),
  android: (browser, ...how) => ShellDriver.open(browser, app, "android", ...how),
  dummy: (browser, options) => DummyDriver.open(browser, app, true, options),
  "dummy, always": (browser, options) => DummyDriver.open(browser, app, "always", options),
};
/** The native shells are made of playwright-core's bindings, so they are in Chromium only. */
const SHELLS = ["wkwebview", "android"];

for (const engine of ENGINES) {
  describe(`in ${engine}`, () => {
    let browser;
    before(async () => {
      browser = await (engine === "Chromium" ? openBrowser() : openEngine(engine));
    });
    after(() => browser?.close());
    for (const [name, open] of Object.entries(transports)) {
      if (engine === "Chromium" || !SHELLS.includes(name)) contract(name, (...how) => open(browser, ...how));
    }
  });
}

function contract(name, open) {
  describe(`over ${name}`, () => {
    let driver;
    before(async () => (driver = await open({ timeout: 60_000 })));
    after(() => driver?.close());

    for (const [method, sample] of Object.entries(samples)) {
      test(`${sample} resolves with the documented shape`, async () => {
        driver.reset();
        driver.script.call = (called) => success(results[called]);
        const result = await driver.page.evaluate(sample);
        assert.deepEqual(Object.keys(result), ["success", "data", "error"]);
        assert.equal(result.success, true);
        assert.equal(result.error, null);
        assert.deepEqual(shape(result.data), shape(results[method]));
      });
    }

    test("parameters of the wrong kind get codes 200, 201 and 202", async () => {
      driver.reset();
      driver.script.call = (_method, params) =>
        params?.deeplink === undefined ? failure(200) : typeof params.deeplink === "string" ? failure(202) : failure(201);
      const codes = await driver.page.evaluate(() =>
        Promise.all([
          sdk.triggerPayment(),
          sdk.triggerPayment({}),
          sdk.openDeeplink(),
          sdk.openDeeplink(42),
          sdk.openDeeplink(["gopay://x"]),
          sdk.openDeeplink(null),
          sdk.openDeeplink({ deeplink: true }),
          sdk.openDeeplink("https://example.com"),
        ]).then((all) => all.map(({ error }) => error.code)),
      );
      assert.deepEqual(codes, [200, 200, 200, 201, 201, 201, 201, 202]);
    });

    test("1,000 concurrent calls each get their own answer", async () => {
      driver.reset();
      // The answers arrive in the opposite order of the calls, 64 at a time.
      let held = [];
      driver.script.call = (_method, { consent_name }) =>
        new Promise((resolve) => {
          held.push(() => resolve(success({ consent_name, has_consent: true })));
          if (held.length < 40) return;
          for (const release of held.reverse()) release();
          held = [];
        });
      const wrong = await driver.page.evaluate(
        async (names) => {
          const all = await Promise.all(names.map((name) => sdk.getConsent({ consent_name: name })));
          return all.filter(({ data }, i) => data?.consent_name !== names[i]).length;
        },
        Array.from({ length: 1000 }, (_, i) => (name.startsWith("dummy") ? ["location", "wifi"][i % 2] : `name-${i}`)),
      );
      assert.equal(wrong, 0);
    });

    if (name.startsWith("dummy")) dummyContract(() => driver);
    else hostContract(() => driver, open);

    test("no exception was thrown in the page", () => assert.deepEqual(driver.problems, []));
  });
}

function hostContract(get, open) {
  test("parameters reach the host unchanged", async () => {
    const driver = get();
    driver.reset();
    await driver.page.evaluate(() =>
      Promise.all([
        sdk.getAuthCode("ignored"),
        sdk.getConsent("location"),
        sdk.getConsent({ consent_name: "wifi" }),
        sdk.getConsent(7),
        sdk.openGopayDeeplink("gopay://home"),
        sdk.triggerPayment("gopay://x"),
        sdk.triggerPayment({ deeplink: "gopay://x", extra: 1 }),
      ]),
    );
    assert.deepEqual(
      driver.received.map(({ method, params }) => [method, params]),
      [
        ["getAuthCode", undefined],
        ["getConsent", { consent_name: "location" }],
        ["getConsent", { consent_name: "wifi" }],
        ["getConsent", { consent_name: 7 }],
        ["openGopayDeeplink", { deeplink: "gopay://home" }], // for the messages, as the page called it
        ["triggerPayment", "gopay://x"],
        ["triggerPayment", { deeplink: "gopay://x", extra: 1 }],
      ],
    );
  });

  test("a failure arrives as an envelope, not as a rejection", async () => {
    const driver = get();
    driver.reset();
    driver.script.call = () => failure(300, "Permission denied: no");
    assert.deepEqual(await driver.page.evaluate("sdk.getLocation()"), {
      success: false,
      data: null,
      error: { code: 300, message: "Permission denied: no" },
    });
  });

  test("unserialisable parameters give code 201 and do not reach the host", async () => {
    const driver = get();
    driver.reset();
    for (const what of [
      "{ deeplink: () => {}, big: 1n }",
      "{ get deeplink() { throw Symbol('odd'); } }",
      "{ get deeplink() { throw Object.create(null); } }",
    ]) {
      const { error } = await driver.page.evaluate(`sdk.triggerPayment(${what})`);
      assert.equal(error.code, 201, what);
    }
    assert.deepEqual(driver.received, []);
  });

  test("a call that the host does not answer settles with 401, and its late answer has no effect", async () => {
    const driver = await open({ timeout: 1_000 }, true);
    let answerLate;
    driver.script.call = (method) =>
      method === "getLocation" ? new Promise((resolve) => (answerLate = () => resolve(success("late")))) : success("in time");
    const located = driver.page.evaluate("sdk.getLocation()");
    while (!answerLate) await driver.page.evaluate("sdk.isInHost()");
    await driver.clock.runFor(1_000);
    assert.equal((await located).error.code, 401);
    answerLate();
    assert.equal((await driver.page.evaluate("sdk.getWifiInfo()")).data, "in time");
    await driver.close();
  });

  test("the clock stops while a person decides", async () => {
    const driver = await open({ timeout: 1_000 }, true);
    driver.script.call = (method) =>
      method === "triggerPayment" ? { after: (answer) => success({ status: answer }).result } : new Promise(() => {});
    await driver.page.evaluate("sdk.isInHost().then(() => { window.paying = sdk.triggerPayment({ deeplink: 'gopay://x' }) })");
    await driver.asked();
    await driver.page.evaluate("void (window.unanswered = sdk.getLocation())");
    await driver.clock.runFor(5_000);
    assert.equal((await driver.page.evaluate("unanswered")).error.code, 401);
    await driver.decide("cancelled");
    assert.deepEqual(await driver.page.evaluate("paying"), success({ status: "cancelled" }).result);
    await driver.close();
  });

  test("a reloaded page gets a new connection, and no answer to the previous page reaches it", async () => {
    const driver = get();
    driver.reset();
    let answerOld;
    driver.script.call = () => new Promise((resolve) => (answerOld = () => resolve(success("old"))));
    await driver.page.evaluate("void sdk.getLocation()");
    while (!answerOld) await driver.page.evaluate("sdk.isInHost()");
    await driver.reload();
    driver.script.call = () => {
      answerOld();
      return success("new");
    };
    assert.equal((await driver.page.evaluate("sdk.getLocation()")).data, "new");
  });

  test("an event reaches its listeners until they are removed", async () => {
    const driver = get();
    await driver.page.evaluate(async () => {
      window.heard = [];
      window.stop = sdk.on("consentchange", (data) => heard.push(data));
      sdk.on("consentchange", () => window.last());
      await sdk.isInHost();
    });
    const emitAndWait = async () => {
      await driver.page.evaluate(() => void (window.reached = new Promise((resolve) => (window.last = resolve))));
      driver.emit();
      await driver.page.evaluate("reached");
    };
    await emitAndWait();
    await driver.page.evaluate("stop()");
    await emitAndWait();
    assert.deepEqual(await driver.page.evaluate("heard"), [{ name: "location", state: "revoked" }]);
  });

  test("the page knows that it is in a host, and its available methods", async () => {
    const driver = get();
    assert.equal(await driver.page.evaluate("sdk.isInHost()"), true);
    assert.deepEqual(await driver.page.evaluate("sdk.capabilities()"), {
      app_version: "2.10.0",
      methods: { getLocation: { available: true, min_version: "1.36.0" } },
    });
  });

  test("with useDummyService the host still answers and the console says so once; with always, the dummy answers", async () => {
    const driver = get();
    driver.reset();
    driver.script.call = () => success("the host's");
    const notes = await listen(driver.page, "a host answers");
    const answers = await driver.page.evaluate(async () => {
      const sdks = [true, true, "always"].map((useDummyService) => new MiniAppSDK({ useDummyService }));
      const all = [];
      for (const each of [...sdks, ...sdks]) all.push((await each.getLocation()).data, await each.isInHost());
      return all;
    });
    const [first, , second, , dummy] = answers;
    assert.deepEqual([first, second, typeof dummy.latitude], ["the host's", "the host's", "number"]);
    assert.deepEqual(
      answers.filter((_, i) => i % 2),
      [true, true, false, true, true, false],
    );
    assert.equal(driver.received.length, 4, "calls that the dummy answers do not reach the host");
    assert.equal(await notes(), 1);
  });

  test("several SDKs in one page share its connection", async () => {
    const driver = get();
    driver.reset();
    driver.script.call = () => success("shared");
    const all = await driver.page.evaluate(async () => {
      const other = await import(`/sdk/client/miniapp-client.js?copy=${Math.random()}`);
      const sdks = [sdk, new MiniAppSDK(), new other.MiniAppSDK()];
      return Promise.all([...sdks, ...sdks].map((each) => each.getLocation()));
    });
    assert.deepEqual(
      all.map(({ data }) => data),
      Array(6).fill("shared"),
    );
  });
}
