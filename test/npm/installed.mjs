// The npm packages of this tree, in a registry of their own, and a package manager that knows no other registry.
import { execFile, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { manager } from "../../sdk/client/test/managers.mjs";
import { serveRegistry } from "../support/registry.mjs";
import { buildSelasar } from "../support/selasar.mjs";
import { until } from "../support/until.mjs";

const run = promisify(execFile);
const groups = new Set();
export const platform = `${process.platform}-${process.arch}`;

/** Makes the packages from the suite's binary, and serves them to npm 12 under Node 22. */
export async function packages() {
  const scratch = await mkdtemp(join(tmpdir(), "selasar-npm-"));
  const dist = join(scratch, "dist");
  await run("go", ["run", "./internal/release", "-dirty", "-only", platform, "-binary", await buildSelasar(), "-out", dist]);
  const registry = await serveRegistry(join(dist, "npm"));
  const npm = await manager("npm 12", join(scratch, "cache"), `${registry.origin}/`);
  return {
    dist,
    npm,
    /** Makes a folder with files: a map from a name to a text. */
    async folder(name, files = {}) {
      const path = join(scratch, name);
      await mkdir(path, { recursive: true });
      for (const [file, text] of Object.entries(files)) await writeFile(join(path, file), text);
      return path;
    },
    /** Ends what a failed test left running. */
    async close() {
      for (const group of groups) alive(-group) && process.kill(-group, "SIGKILL");
      await registry.close();
      await rm(scratch, { recursive: true, force: true });
    },
  };
}

/** A mini app whose server writes its process id, and takes a moment to end. */
export const slowApp = {
  "miniapp.json": JSON.stringify({ id: "slow", dev: { command: "exec node server.js" } }),
  "server.js": `
    require("node:fs").writeFileSync("pid", String(process.pid));
    process.on("SIGINT", () => {});
    process.on("SIGTERM", () => setTimeout(() => (require("node:fs").writeFileSync("ended", ""), process.exit()), 300));
    require("node:http").createServer((request, response) => response.end("slow")).listen(process.env.PORT);
  `,
};

/** Starts a command that runs `selasar dev --json` with free ports, in a process group of its own. Resolves when the mini app answers. */
export async function startDev([program, ...args], folder, env) {
  const flags = ["dev", "--json", "--ephemeral", "--listen", "127.0.0.1:0", "--app-listen", "127.0.0.1:0"];
  const child = spawn(program, [...args, ...flags], { cwd: folder, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  const ended = new Promise((resolve) => child.once("exit", (code, signal) => resolve({ code, signal })));
  groups.add(child.pid);
  let output = "";
  let errors = "";
  child.stdout.on("data", (text) => (output += text));
  child.stderr.on("data", (text) => (errors += text));
  await Promise.race([
    until(
      () => output,
      (text) => text.includes("\n"),
    ),
    ended.then(() => Promise.reject(new Error(`it ended: ${output}${errors}`))),
  ]);
  return { pid: child.pid, urls: JSON.parse(output), ended };
}

/** Resolves when the server of the slow app and every process of a group have ended. Rejects if the server was killed. */
export async function allGone(folder, group) {
  const server = Number(await readFile(join(folder, "pid"), "utf8"));
  await until(
    () => [alive(server), alive(-group)],
    ([one, other]) => !one && !other,
  );
  if (!existsSync(join(folder, "ended"))) throw new Error("the mini app's server did not end by itself");
}

function alive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
