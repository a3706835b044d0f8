// Runs every recipe of the two READMEs that replaces the old package with this one, with npm against a running Selasar.
import assert from "node:assert/strict";
import { exec } from "node:child_process";
import { createServer } from "node:http";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { startSelasar } from "../../../test/support/selasar.mjs";

const OLD = "@gopay/miniapp-client";
const documented = /http:\/\/(?:localhost|127\.0\.0\.1):7300(?=\/sdk\/)/g;
const run = promisify(exec);

let scratch, selasar, registry;
before(async () => {
  scratch = await mkdtemp(join(tmpdir(), "selasar-install-"));
  selasar = await startSelasar();
  registry = await openRegistry();
});
after(async () => {
  registry?.close();
  await selasar?.stop();
  await rm(scratch, { recursive: true, force: true });
});

/** npm's registry after the publication of this package: it serves the running Selasar's archive, and lacks the old package. */
async function openRegistry() {
  const { name, version } = JSON.parse(await readFile("sdk/client/package.json", "utf8"));
  const server = createServer((request, response) => {
    if (decodeURIComponent(request.url) !== `/${name}`) return response.writeHead(404).end("{}");
    const tarball = new URL("/sdk/miniapp-client.tgz", selasar.simulator).href;
    response.end(JSON.stringify({ name, "dist-tags": { latest: version }, versions: { [version]: { name, version, dist: { tarball } } } }));
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  return server;
}

/** A project that depends on the old package directly, through another package, or both. */
async function project(name, manifest) {
  const folder = join(scratch, name);
  await mkdir(join(folder, "pay"), { recursive: true });
  const write = (file, value) => writeFile(join(folder, file), typeof value === "string" ? value : JSON.stringify(value));
  await write("package.json", { private: true, type: "module", ...manifest });
  await write("pay/package.json", {
    name: "@acme/pay",
    version: "1.0.0",
    type: "module",
    exports: "./pay.js",
    dependencies: { [OLD]: "0.3.19" },
  });
  await write("pay/pay.js", `export { default } from "${OLD}";`);
  await write(
    "app.js",
    Object.keys(manifest.dependencies)
      .map((from, at) => `export { default as from${at} } from "${from}";`)
      .join("\n"),
  );
  return folder;
}

/** Runs npm's command without the developer's npm settings. Only this machine is reachable. */
function npm(command, folder) {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_|proxy$/i.test(name)));
  const flags = `--install-links --fetch-retries=0 --no-audit --no-fund --cache="${scratch}/cache" --userconfig="${scratch}/npmrc"`;
  return run(`${command} ${flags} --registry=http://127.0.0.1:${registry.address().port}/`, { cwd: folder, env });
}

const here = (text) => text.replace(documented, selasar.simulator.replace(/\/$/, ""));

/** Asserts that all of the project's dependencies get the same client, and that it answers. */
async function works(folder) {
  const [MiniAppSDK, ...others] = Object.values(await import(join(folder, "app.js")));
  for (const other of others) assert.equal(other, MiniAppSDK, "there is only one copy");
  assert.equal((await new MiniAppSDK().getAuthCode()).error.code, 100);
}

for (const [place, readme] of [
  ["repository", "README.md"],
  ["client", "sdk/client/README.md"],
]) {
  const recipes = [...(await readFile(readme, "utf8")).matchAll(/^```(sh|json)\n(.*?)^```/gms)].filter(([, , text]) => text.includes(OLD));

  for (const [at, [, kind, text]] of recipes.entries()) {
    test(`${readme}: ${text.replace(/\s+/g, " ").trim()}`, async () => {
      const { dependencies, overrides } = kind === "json" ? JSON.parse(here(text)) : { dependencies: { [OLD]: "0.3.19" } };
      const theirs = overrides && { "@acme/pay": "file:pay" };
      const folder = await project(`${place}-${at}`, { dependencies: { ...dependencies, ...theirs }, overrides });
      await npm(kind === "sh" ? here(text.trim()) : "npm install", folder);
      await works(folder);
    });
  }
  test(`${readme} has its recipes`, () => assert.ok(recipes.length >= 3, `found ${recipes.length}`));
}

test("npm refuses an override that contradicts a dependency, as the READMEs warn", async () => {
  const overrides = { [OLD]: new URL("/sdk/miniapp-client.tgz", selasar.simulator).href };
  const folder = await project("refused", { dependencies: { [OLD]: "0.3.19" }, overrides });
  await assert.rejects(npm("npm install", folder), /EOVERRIDE/);
});
