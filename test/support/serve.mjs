import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { buildSelasar } from "./selasar.mjs";

/**
 * Starts `selasar serve` on free ports, with a new data folder. Resolves with `url` (the public address), `operatorUrl`, the owner's
 * `key`, `operator(method, path, body)`, which calls the operator API with that key, and `stop()`.
 */
export async function startServe(...flags) {
  const data = await mkdtemp(join(tmpdir(), "selasar-serve-"));
  const args = ["serve", "--listen", "127.0.0.1:0", "--admin-listen", "127.0.0.1:0", "--data", data, ...flags];
  const child = spawn(await buildSelasar(), args, { stdio: ["ignore", "pipe", "pipe"] });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const { url, operatorUrl, key } = await ready(child);
  return {
    url,
    operatorUrl,
    key,
    operator: (method, path, body) => call(operatorUrl + path, key, method, body),
    async stop() {
      child.kill("SIGINT");
      await ended;
      await rm(data, { recursive: true, force: true });
    },
  };
}

/** Reads the addresses and the first owner's key from the lines that the program prints. */
function ready(child) {
  let errors = "";
  child.stderr.on("data", (text) => {
    errors += text;
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`selasar serve ended with ${code}: ${errors}`)));
    const lines = [];
    createInterface({ input: child.stdout }).on("line", (line) => {
      lines.push(line.trim());
      const after = (start) =>
        lines
          .find((one) => one.startsWith(start))
          ?.slice(start.length)
          .trim();
      const asked = lines.findIndex((one) => one.startsWith("first owner's key"));
      const key = asked < 0 ? undefined : lines[asked + 1];
      if (key) resolve({ url: after("public"), operatorUrl: after("operator").replace(/\/admin\/v1$/, ""), key });
    });
  });
}

async function call(url, key, method, body) {
  const response = await fetch(url, {
    method,
    headers: { Authorization: `Bearer ${key}`, "Content-Type": "application/json", "Idempotency-Key": randomUUID() },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${text}`);
  return text ? JSON.parse(text) : undefined;
}
