import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { openForward } from "./forward.mjs";
import { clickActions, keyActions } from "./keys.mjs";

/** Returns the path of WebKit's small browser, which Debian installs beside the library. */
function miniBrowser() {
  const base = "/usr/lib";
  const found = readdirSync(base)
    .flatMap((machine) => [`${base}/${machine}/webkit2gtk-4.1/MiniBrowser`, `${base}/${machine}/webkit2gtk-4.0/MiniBrowser`])
    .find((path) => existsSync(path));
  if (!found) throw new Error("WebKit's MiniBrowser is not installed; scripts/setup installs it");
  return found;
}

/** Opens WebKit, by its driver for WebDriver (https://www.w3.org/TR/webdriver2/), in a display without a screen. */
export async function openWebKit() {
  const display = await openDisplay();
  const pages = new Set();
  const forward = await openForward((url) => {
    for (const page of pages) page.problems.push(`the page asked for ${url}`);
  });
  return {
    /** Each page has a driver and a browser to itself: a driver has one session, and a session cannot forget what it has stored. */
    async newPage(size) {
      const page = await openPage(() => startDriver(display.name), forward.port, size);
      pages.add(page);
      return page;
    },
    async close() {
      await forward.close();
      await display.close();
    },
  };
}

/** How long a driver may take to start its browser. A loaded machine needs some ten seconds. */
const SESSION_PATIENCE = 60_000;

/** The browser of Debian 12 sometimes crashes while it starts (a general protection fault in libc). Its driver then waits without end. */
class LostBrowser extends Error {}

/** Opens a page with a driver of its own, and with another one if the first does not start its browser, or loses it. */
async function openPage(startDriver, proxy, size) {
  for (let tries = 1; ; tries++) {
    const driver = await startDriver();
    const watch = watchBrowser(driver.pid);
    try {
      return await WebKitPage.open(driver, proxy, size, AbortSignal.any([watch.lost, AbortSignal.timeout(SESSION_PATIENCE)]));
    } catch (error) {
      await driver.close();
      if (tries === 10 || !(error instanceof LostBrowser || error.name === "TimeoutError")) throw error;
    } finally {
      watch.stop();
    }
  }
}

/** Looks at the browser of a driver until it is stopped. `lost` is aborted when the driver had a browser and has none now. */
function watchBrowser(driver) {
  const lost = new AbortController();
  let started = false;
  const timer = setInterval(() => {
    const alive = hasChildren(driver);
    if (started && !alive) lost.abort(new LostBrowser("WebKit's browser crashed while it started"));
    started ||= alive;
  }, 50);
  return { lost: lost.signal, stop: () => clearInterval(timer) };
}

/** Reports whether a process has children; a thread may end while they are read. */
function hasChildren(process) {
  const tasks = `/proc/${process}/task`;
  if (!existsSync(tasks)) return false;
  return readdirSync(tasks).some((task) => {
    try {
      return readFileSync(`${tasks}/${task}/children`, "utf8").trim() !== "";
    } catch {
      return false;
    }
  });
}

/** Starts an X server without a screen on a free display. */
export async function openDisplay() {
  const child = spawn("Xvfb", ["-displayfd", "3", "-screen", "0", "1600x1200x24", "-nolisten", "tcp"], {
    stdio: ["ignore", "ignore", "ignore", "pipe"],
  });
  const number = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`Xvfb ended with ${code}`)));
    child.stdio[3].once("data", (text) => resolve(String(text).trim()));
  });
  return { name: `:${number}`, close: () => end(child) };
}

/** Starts the driver on a port that no other program has: the driver ends at once if it cannot listen. */
async function startDriver(display) {
  for (let tries = 0; tries < 20; tries++) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    const child = spawn("WebKitWebDriver", [`--port=${port}`, "--host=127.0.0.1"], {
      stdio: "ignore",
      detached: true, // so that its browser ends with it
      env: { ...process.env, DISPLAY: display, LANG: "en_GB.UTF-8", LANGUAGE: "en_GB.UTF-8", NO_AT_BRIDGE: "1" },
    });
    let ended = false;
    child.once("exit", () => (ended = true));
    await once(child, "spawn");
    const url = `http://127.0.0.1:${port}`;
    while (!ended) {
      if (
        await fetch(`${url}/status`).then(
          (response) => response.ok,
          () => false,
        )
      )
        return { url, pid: child.pid, close: () => endGroup(child) };
      await new Promise((again) => setTimeout(again, 20));
    }
  }
  throw new Error("WebKitWebDriver found no free port in 20 tries");
}

/** Ends a process with the ones that it has started, which a driver that does not answer leaves running. */
async function endGroup(child) {
  const kill = (signal) => {
    try {
      process.kill(-child.pid, signal);
    } catch (error) {
      if (error.code !== "ESRCH") throw error; // they have ended
    }
  };
  const late = setTimeout(kill, 5_000, "SIGKILL");
  await end(child);
  clearTimeout(late);
  kill("SIGKILL");
}

async function end(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  await ended;
}

class WebKitPage {
  /** WebKit's driver reports no errors of a page. The proxy reports requests that no test may make. */
  problems = [];
  #session;
  #driver;
  /** The commands run one after another: a frame is chosen in one, and used in the next. */
  #last = Promise.resolve();

  static async open(driver, proxy, { width = 1440, height = 900 } = {}, signal) {
    const page = new WebKitPage();
    page.#driver = driver;
    const wanted = {
      capabilities: {
        alwaysMatch: {
          browserName: "MiniBrowser",
          "webkitgtk:browserOptions": { binary: miniBrowser(), args: ["--automation"] },
          proxy: {
            proxyType: "manual",
            httpProxy: `127.0.0.1:${proxy}`,
            sslProxy: `127.0.0.1:${proxy}`,
            noProxy: ["127.0.0.1", "localhost"],
          },
          timeouts: { script: 120_000, pageLoad: 120_000 },
        },
      },
    };
    const { sessionId } = await command("POST", `${driver.url}/session`, wanted, signal);
    page.#session = `${driver.url}/session/${sessionId}`;
    await page.#send("POST", "/window/rect", { x: 0, y: 0, width, height: height + 100 });
    return page;
  }

  goto = (url) => this.#inTurn(() => this.#top(() => this.#send("POST", "/url", { url })));
  reload = () => this.#inTurn(() => this.#top(() => this.#send("POST", "/refresh", {})));
  press = (key) => this.#act(keyActions(key));
  click = (x, y) => this.#act(clickActions(x, y));

  async close() {
    try {
      await this.#send("DELETE", "");
    } finally {
      await this.#driver.close(); // also after a crash of the browser: a driver that runs on would keep the test from ending
    }
  }

  run(path, expression) {
    return this.#inTurn(() =>
      this.#top(async () => {
        for (const selector of path) {
          const element = await this.#send("POST", "/element", { using: "css selector", value: selector });
          await this.#send("POST", "/frame", { id: element });
        }
        const script = `const done = arguments[0]; ${expression}.then(done);`;
        return this.#send("POST", "/execute/async", { script, args: [] });
      }),
    );
  }

  #act(actions) {
    return this.#inTurn(() => this.#top(() => this.#send("POST", "/actions", { actions })));
  }

  async #top(act) {
    await this.#send("POST", "/frame", { id: null });
    return act();
  }

  #inTurn(act) {
    const mine = this.#last.then(act);
    this.#last = mine.catch(() => {});
    return mine;
  }

  #send(method, path, body) {
    return command(method, this.#session + path, body);
  }
}

async function command(method, url, body, signal) {
  const response = await fetch(url, { method, signal, ...(body ? { body: JSON.stringify(body) } : {}) });
  const { value } = await response.json();
  if (!response.ok) throw new Error(`WebKit: ${value.error}: ${value.message}`);
  return value;
}
