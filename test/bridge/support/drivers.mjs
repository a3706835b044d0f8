import { frameAt, openPage } from "../../support/browser.mjs";
import { Selasar } from "./selasar.mjs";
import { openShell } from "./shell.mjs";

const query = (options) => (options ? `?${encodeURIComponent(JSON.stringify(options))}` : "");

/** A page in Firefox or WebKit has no clock that stops: its time-outs run in real time, and need room on a loaded machine. */
const REAL_TIMEOUT_MS = 5_000;
const inRealTime = { runFor: async () => {} };

/** Opens a page in a browser of `openEngine`, or of playwright-core. */
const pageIn = (browser) => (browser.isEngine ? browser.newPage() : openPage(browser));
const frameIn = (browser, host, url) => (browser.isEngine ? host.frame() : frameAt(host, url));
const optionsIn = (browser, options, stopped) => (browser.isEngine && stopped ? { ...options, timeout: REAL_TIMEOUT_MS } : options);

/** The default answers of a driver's script: success without data. */
const agree = () => ({ result: { success: true, data: null, error: null } });

/**
 * One connection under the contract: a mini app's page with `sdk` on its window, and a host whose answers the test scripts.
 * `script.call(method, params)` returns `{result}`, or `{after(answer)}` if a person has to decide first.
 */
class Driver {
  script = { call: agree };
  /** The clock of the page and its host. After `stopTime`, only `clock.runFor` moves it. */
  clock;
  /** The calls that reached the host, in order. */
  received = [];

  call(method, params) {
    this.received.push({ method, params });
    return this.script.call(method, params);
  }

  async stopTime(page) {
    this.clock = page.clock ?? inRealTime;
    if (!page.clock) return;
    await page.clock.pauseAt(Date.now() + 60_000);
  }

  /** Resets the driver: no received calls, the default answers. */
  reset() {
    this.script.call = agree;
    this.received.length = 0;
  }
}

/** The mini app in a frame of a page that uses the host SDK; the server is scripted. */
export class FrameDriver extends Driver {
  name = "frame";

  static async open(browser, app, options, stopped = false) {
    const driver = new FrameDriver();
    const selasar = (driver.selasar = await Selasar.open(app.url(`/app.html${query(optionsIn(browser, options, stopped))}`)));
    const after = new Map();
    selasar.script.call = async (method, params) => {
      const outcome = await driver.call(method, params);
      if (!outcome.after) return outcome;
      const ask = { id: `ask-${after.size + 1}`, kind: "payment", expires_at: Date.now() + 60_000 };
      after.set(ask.id, outcome.after);
      return { ask };
    };
    selasar.script.answer = (ask, { answer }) => ({ result: after.get(ask.id)(answer) });
    const host = (driver.host = await pageIn(browser));
    if (stopped) await host.clock?.install();
    await host.goto(selasar.site.url("/host.html"));
    await host.waitForFunction("window.open1");
    await host.evaluate("open1()");
    driver.page = await frameIn(browser, host, app.url());
    await driver.page.waitForFunction("window.sdk");
    if (stopped) await driver.stopTime(host);
    return driver;
  }

  /** Waits until a person gets the ask, and the page knows it. */
  async asked() {
    await this.host.waitForFunction("asks.length > 0");
    await this.page.evaluate("sdk.isInHost()");
  }

  async decide(answer) {
    await this.asked();
    await this.host.evaluate((answer) => asks.shift().resolve({ answer }), answer);
  }

  emit() {
    this.selasar.emit("consent_changed", { name: "location", state: "revoked" });
  }

  async reload() {
    await this.page.evaluate("((window.isOld = true), location.reload())").catch(() => {});
    await this.page.waitForFunction("window.sdk && !window.isOld");
  }

  get problems() {
    return this.host.problems;
  }

  async close() {
    await this.host.close();
    await this.selasar.close();
  }
}

/** The mini app at the top of a WebView; the native shell is scripted. */
export class ShellDriver extends Driver {
  static async open(browser, app, kind, options, stopped = false) {
    const driver = new ShellDriver();
    driver.name = kind;
    driver.page = await openPage(browser);
    if (stopped) await driver.page.clock.install();
    driver.shell = await openShell(driver.page, kind, driver);
    await driver.page.goto(app.url(`/app.html${query(options)}`));
    await driver.page.waitForFunction("window.sdk");
    if (stopped) await driver.stopTime(driver.page);
    return driver;
  }

  async asked() {
    this.decision ??= await this.shell.nextDecision();
    await this.page.evaluate("sdk.isInHost()");
  }

  async decide(answer) {
    await this.asked();
    const decide = this.decision;
    this.decision = undefined;
    decide(answer);
  }

  emit() {
    this.shell.emit("consentchange", { name: "location", state: "revoked" });
  }

  async reload() {
    await this.page.reload();
    await this.page.waitForFunction("window.sdk");
  }

  get problems() {
    return this.page.problems;
  }

  close() {
    return this.page.close();
  }
}

/** The mini app alone, with the dummy service. */
export class DummyDriver extends Driver {
  static async open(browser, app, useDummyService, options) {
    const driver = new DummyDriver();
    driver.page = await pageIn(browser);
    await driver.page.goto(app.url(`/app.html${query({ useDummyService, ...options })}`));
    await driver.page.waitForFunction("window.sdk");
    return driver;
  }

  get problems() {
    return this.page.problems;
  }

  close() {
    return this.page.close();
  }
}
