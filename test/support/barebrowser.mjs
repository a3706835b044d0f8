import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import WebSocket from "ws";
import { executablePath, FLAGS } from "./browser.mjs";

/**
 * A Chromium driven over its own protocol without any events for frames and requests, because those
 * cost most when a test loads a thousand of them.
 */
export async function openBareBrowser() {
  const profile = await mkdtemp(join(tmpdir(), "selasar-chromium-"));
  const args = ["--headless", ...FLAGS, "--remote-debugging-port=0", `--user-data-dir=${profile}`, "about:blank"];
  const browser = spawn(executablePath, args, { stdio: ["ignore", "ignore", "pipe"] });
  const ended = once(browser, "exit");
  let address;
  for await (const line of createInterface({ input: browser.stderr })) {
    address = line.match(/DevTools listening on (ws:\S+)/)?.[1];
    if (address) break;
  }
  browser.stderr.resume();

  const socket = new WebSocket(address);
  await once(socket, "open");
  const waiting = new Map();
  let lastId = 0;
  socket.on("message", (data) => {
    const { id, result, error } = JSON.parse(data);
    if (!waiting.has(id)) return;
    const [resolve, reject] = waiting.get(id);
    waiting.delete(id);
    if (error) reject(new Error(error.message));
    else resolve(result);
  });
  const request = (method, params, sessionId) =>
    new Promise((resolve, reject) => {
      waiting.set(++lastId, [resolve, reject]);
      socket.send(JSON.stringify({ id: lastId, method, params, sessionId }));
    });

  return {
    async open(url) {
      const { targetId } = await request("Target.createTarget", { url: "about:blank" });
      const { sessionId } = await request("Target.attachToTarget", { targetId, flatten: true });
      const page = new BarePage((method, params) => request(method, params, sessionId));
      await page.send("Page.navigate", { url });
      await page.evaluate("document.readyState === 'complete' || new Promise((loaded) => addEventListener('load', loaded))");
      return page;
    },
    async close() {
      socket.close();
      browser.kill();
      await ended;
      await rm(profile, { recursive: true, force: true });
    },
  };
}

class BarePage {
  constructor(send) {
    this.send = send;
  }

  /** Runs an expression, waits for its promise, and returns its value. */
  async evaluate(expression) {
    const { result, exceptionDetails } = await this.send("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }
}
