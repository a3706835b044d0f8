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
  return startBinary(await buildSelasar(), target, ...flags);
}

/** Builds the real binary, once per test process. */
export const buildSelasar = () => (built ??= binary());

/** Starts Selasar in the same way, in another environment: its command gets it. */
export async function startUnder(environment, target, ...flags) {
  return begin(await buildSelasar(), target, ["--json", ...flags], environment);
}

/** Starts Selasar in the same way, but does not wait for an answer of the mini app. */
export async function startUnanswered(target, ...flags) {
  return begin(await buildSelasar(), target, ["--no-open", ...flags]);
}

/** Starts an existing binary in the same way. */
export async function startBinary(path, target, ...flags) {
  return begin(path, target, ["--json", ...flags]);
}

async function begin(path, target, flags, env = process.env) {
  const args = ["dev", target, "--listen", "127.0.0.1:0", "--app-listen", "127.0.0.1:0", ...flags];
  if (!flags.includes("--data")) args.push("--ephemeral");
  const child = spawn(path, args, { env, stdio: ["ignore", "pipe", "pipe"] });
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

/** Returns all addresses, from the one line of JSON or from the four lines for people. */
function ready(child) {
  let errors = "";
  child.stderr.on("data", (text) => {
    errors += text;
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`selasar dev ended with ${code}: ${errors}`)));
    const names = { simulator: "simulator", "mini app": "app", APIs: "api", control: "control" };
    const urls = {};
    createInterface({ input: child.stdout }).on("line", (line) => {
      if (line.startsWith("{")) resolve(JSON.parse(line));
      const [, name, url] = /^ {2}(\S.*?) +(http\S+)$/.exec(line) ?? [];
      if (names[name]) urls[names[name]] = url;
      if (urls.control) resolve(urls);
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
