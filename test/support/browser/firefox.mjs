import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import WebSocket from "ws";
import { openForward } from "./forward.mjs";
import { clickActions, keyActions } from "./keys.mjs";

const executable = process.env.SELASAR_FIREFOX ?? "/usr/bin/firefox-esr";

/** Names that the tests use as foreign sites resolve to this machine. Requests by https end at a proxy of the tests. */
const PREFERENCES = {
  "network.dns.localDomains": "app.example,stranger.example,host.example,gwk.gopayapi.com",
  "network.proxy.type": 1,
  "network.proxy.ssl": "127.0.0.1",
  "network.proxy.no_proxies_on": ".example",
  "intl.accept_languages": "en-GB",
  "datareporting.policy.dataSubmissionEnabled": false,
  "toolkit.telemetry.reportingpolicy.firstRun": false,
  "app.normandy.enabled": false,
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
  "browser.shell.checkDefaultBrowser": false,
  "browser.startup.homepage_override.mstone": "ignore",
  "remote.active-protocols": 1,
};

/** Opens Firefox, by its own protocol: https://w3c.github.io/webdriver-bidi/. */
export async function openFirefox() {
  const profile = await mkdtemp(join(tmpdir(), "selasar-firefox-"));
  const pages = new Set();
  const forward = await openForward((url) => {
    for (const page of pages) page.problems.push(`the page asked for ${url}`);
  });
  const lines = Object.entries({ ...PREFERENCES, "network.proxy.ssl_port": forward.port }).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`,
  );
  await writeFile(join(profile, "user.js"), lines.join("\n"));
  const child = spawn(executable, ["--headless", "--no-remote", "--profile", profile, "--remote-debugging-port=0", "about:blank"], {
    stdio: ["ignore", "ignore", "pipe"],
    env: { ...process.env, HOME: profile, MOZ_CRASHREPORTER_DISABLE: "1" },
  });
  const ended = once(child, "exit");
  const remote = await Remote.open(await address(child));
  await remote.send("session.new", { capabilities: {} });
  await remote.send("session.subscribe", { events: ["log.entryAdded"] });
  return {
    async newPage({ width = 1440, height = 900 } = {}) {
      const { userContext } = await remote.send("browser.createUserContext");
      const { context } = await remote.send("browsingContext.create", { type: "tab", userContext });
      await remote.send("browsingContext.setViewport", { context, viewport: { width, height } });
      const page = new FirefoxPage(remote, context, userContext);
      pages.add(page);
      return page;
    },
    async close() {
      remote.close();
      await forward.close();
      child.kill("SIGKILL");
      await ended;
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Waits for the line with the address of the protocol. */
function address(child) {
  let said = "";
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`${executable} ended with ${code}: ${said.slice(-500)}`)));
    createInterface({ input: child.stderr }).on("line", (line) => {
      said += `${line}\n`;
      const [, url] = /WebDriver BiDi listening on (ws:\S+)/.exec(line) ?? [];
      if (url) resolve(`${url}/session`);
    });
  });
}

/** A connection of WebDriver BiDi: commands with their answers, and listeners of events. */
class Remote {
  #socket;
  #next = 1;
  #waiting = new Map();
  #listeners = new Set();

  static async open(url) {
    const remote = new Remote();
    remote.#socket = new WebSocket(url, { maxPayload: 64 << 20 });
    remote.#socket.on("message", (data) => remote.#receive(JSON.parse(data)));
    remote.#socket.on("close", () => remote.#fail());
    await once(remote.#socket, "open");
    return remote;
  }

  send(method, params = {}) {
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#socket.send(JSON.stringify({ id, method, params }));
    });
  }

  listen(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close() {
    this.#socket.close();
  }

  #receive({ type, id, result, error, message, params }) {
    if (type === "event") {
      for (const listener of this.#listeners) listener(params);
      return;
    }
    const { resolve, reject } = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (type === "success") resolve(result);
    else reject(new Error(`Firefox: ${error}: ${message}`));
  }

  #fail() {
    for (const { reject } of this.#waiting.values()) reject(new Error("Firefox closed the connection"));
    this.#waiting.clear();
  }
}

class FirefoxPage {
  problems = [];
  #remote;
  #context;
  #owner;
  #deaf;

  constructor(remote, context, owner) {
    this.#remote = remote;
    this.#context = context;
    this.#owner = owner;
    this.#deaf = remote.listen(({ level, text, source }) => {
      if (level === "error" && source?.userContext === owner) this.problems.push(text);
    });
  }

  goto = (url) => this.#remote.send("browsingContext.navigate", { context: this.#context, url, wait: "complete" });
  reload = () => this.#remote.send("browsingContext.reload", { context: this.#context, wait: "complete" });
  press = (key) => this.#act(keyActions(key));
  click = (x, y) => this.#act(clickActions(x, y));

  async run(path, expression) {
    let context = this.#context;
    for (const selector of path) {
      const { type, value } = await this.#evaluate(context, `document.querySelector(${JSON.stringify(selector)})?.contentWindow`);
      if (type !== "window") throw new Error(`no frame at ${selector}`);
      context = value.context;
    }
    return (await this.#evaluate(context, expression)).value;
  }

  async close() {
    this.#deaf();
    await this.#remote.send("browser.removeUserContext", { userContext: this.#owner });
  }

  #act(actions) {
    return this.#remote.send("input.performActions", { context: this.#context, actions });
  }

  async #evaluate(context, expression) {
    const said = await this.#remote.send("script.evaluate", { expression, target: { context }, awaitPromise: true });
    if (said.type === "exception") throw new Error(said.exceptionDetails.text);
    return said.result;
  }
}
