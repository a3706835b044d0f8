// Verdaccio, the registry of others, with packages that are published to it as to npm's own registry.
import { execFile, spawn } from "node:child_process";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { promisify } from "node:util";
import { node22, plain, tool, under } from "./tools.mjs";
import { until } from "./until.mjs";

const run = promisify(execFile);

/** It knows no other registry, and everybody may read. */
const config = (folder) => `
storage: ${folder}/storage
auth: { htpasswd: { file: ${folder}/htpasswd } }
uplinks: {}
packages: { "**": { access: $all, publish: $authenticated } }
max_body_size: 200mb
log: { type: stdout, level: warn }
web: { enable: false }
`;

async function freePort() {
  const server = createServer();
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
}

/**
 * Starts Verdaccio and publishes the archives of folders to it. Resolves with its `origin`, and with `close()`.
 * @param {string} scratch a folder for its files, which the caller removes
 * @param {string[]} folders with .tgz files
 */
export async function openVerdaccio(scratch, ...folders) {
  const folder = join(scratch, "verdaccio");
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "config.yaml"), config(folder));
  // Verdaccio's audit asks for a tag of node-fetch that npm's registry does not have.
  const modules = await tool("verdaccio", "--override=node-fetch@2.7.0", "verdaccio@6.10.4");
  const origin = `http://127.0.0.1:${await freePort()}`;
  const program = join(modules, "node_modules", "verdaccio", "bin", "verdaccio");
  const args = [program, "--config", join(folder, "config.yaml"), "--listen", origin];
  const child = spawn(join(await node22(), "node"), args, { env: under(await node22()), stdio: "ignore" });
  const ended = new Promise((exit) => child.once("exit", exit));
  const answers = () =>
    fetch(`${origin}/-/ping`).then(
      ({ ok }) => ok,
      () => child.exitCode !== null,
    );
  await until(answers, Boolean);
  if (child.exitCode !== null) throw new Error(`Verdaccio ended with ${child.exitCode}`);
  await publish(origin, folder, folders);
  return {
    origin,
    close() {
      child.kill();
      return ended;
    },
  };
}

async function publish(origin, folder, folders) {
  const user = { name: "tests", password: "only for this run", type: "user" };
  const headers = { "Content-Type": "application/json" };
  const answer = await fetch(`${origin}/-/user/org.couchdb.user:tests`, { method: "PUT", headers, body: JSON.stringify(user) });
  const { token } = await answer.json();
  const userconfig = join(folder, "npmrc");
  await writeFile(userconfig, `registry=${origin}/\n//${new URL(origin).host}/:_authToken=${token}\n`);
  for (const from of folders) {
    for (const name of (await readdir(from)).filter((one) => one.endsWith(".tgz"))) {
      await run("npm", ["publish", join(from, name), "--userconfig", userconfig, "--cache", join(folder, "cache")], { env: plain() });
    }
  }
}
