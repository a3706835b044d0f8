import { execFile, spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const root = fileURLToPath(new URL("../../", import.meta.url));
let built;

/** Returns the real binary: the one of the whole run, or one that this process builds, and deletes at its end. */
async function binary() {
  if (process.env.SELASAR_BINARY) return process.env.SELASAR_BINARY;
  const folder = await mkdtemp(join(tmpdir(), "selasar-simulator-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, "selasar");
  await promisify(execFile)("go", ["build", "-o", path, "./cmd/selasar"], { cwd: root });
  return path;
}

/**
 * Starts `selasar dev` on free ports, and stores nothing unless the flags name a `--data` folder. Resolves with its addresses,
 * `control(method, path, body)`, `stop()`, and `kill()`, which is kill -9.
 * @param target a folder or a URL; by default the mini app of these tests
 */
export async function startSelasar(target = fileURLToPath(new URL("../simulator/app", import.meta.url)), ...flags) {
  return startBinary(await (built ??= binary()), target, ...flags);
}

/** Starts an existing binary in the same way. */
export async function startBinary(path, target, ...flags) {
  const args = ["dev", target, "--listen", "127.0.0.1:0", "--app-listen", "127.0.0.1:0", "--no-open", "--json", ...flags];
  if (!flags.includes("--data")) args.push("--ephemeral");
  const child = spawn(path, args, { stdio: ["ignore", "pipe", "pipe"] });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const urls = await ready(child);
  return {
    ...urls,
    control: (method, route, body) => control(urls.control, method, route, body),
    async stop() {
      child.kill("SIGINT");
      await ended;
    },
    async kill() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

/** Returns the one JSON line with all addresses. */
function ready(child) {
  let errors = "";
  child.stderr.on("data", (text) => {
    errors += text;
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`selasar dev ended with ${code}: ${errors}`)));
    createInterface({ input: child.stdout }).on("line", (line) => {
      if (line.startsWith("{")) resolve(JSON.parse(line));
    });
  });
}

async function control(base, method, route, body) {
  const response = await fetch(base + route, {
    method,
    ...(body === undefined ? {} : { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${route}: ${response.status} ${text}`);
  return text ? JSON.parse(text) : undefined;
}
