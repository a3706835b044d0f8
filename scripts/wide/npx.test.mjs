// The npm packages of a whole release, published to a Verdaccio on this machine, with every package manager. It also measures how
// long npx takes until the mini app is ready. SELASAR_DIST names the folder of a release that is built already.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, describe, test } from "node:test";
import { promisify } from "node:util";
import { manager, managers } from "../../sdk/client/test/managers.mjs";
import { allGone, platform, slowApp, startDev } from "../../test/npm/installed.mjs";
import { node22, plain, tool, under } from "../../test/support/tools.mjs";
import { openVerdaccio } from "../../test/support/verdaccio.mjs";

const run = promisify(execFile);
let scratch, dist, registry, version;

before(async () => {
  scratch = await mkdtemp(join(tmpdir(), "selasar-npx-"));
  dist = process.env.SELASAR_DIST ?? join(scratch, "dist");
  if (!process.env.SELASAR_DIST) await run("go", ["run", "./internal/release", "-dirty", "-out", dist], { maxBuffer: 1 << 26 });
  registry = await openVerdaccio(scratch, join(dist, "npm"), await packNothing());
  version = JSON.parse(await readFile("package.json", "utf8")).version;
});
after(async () => {
  await registry?.close();
  await rm(scratch, { recursive: true, force: true });
});

/** Packs a package whose program does nothing, and returns the folder with its archive. */
async function packNothing() {
  const [source, packed] = [join(scratch, "nothing"), join(scratch, "nothing-packed")];
  for (const folder of [source, packed]) await mkdir(folder);
  await writeFile(join(source, "package.json"), '{ "name": "does-nothing", "version": "1.0.0", "bin": "run.js" }');
  await writeFile(join(source, "run.js"), "#!/usr/bin/env node\n", { mode: 0o755 });
  await run("npm", ["pack", "--pack-destination", packed], { cwd: source, env: plain() });
  return packed;
}

/** A project with a mini app, for one package manager. */
async function project(name, title, options = {}) {
  const tool = await manager(name, join(scratch, name.replace(" ", "-"), "cache"), `${registry.origin}/`);
  const folder = join(scratch, name.replace(" ", "-"), title);
  await mkdir(folder, { recursive: true });
  const files = {
    "package.json": '{ "name": "shop", "private": true }\n',
    ".npmrc": `registry=${registry.origin}/\n`,
    ".yarnrc.yml": `npmRegistryServer: "${registry.origin}"\nunsafeHttpWhitelist: ["127.0.0.1"]\nnodeLinker: node-modules\nenableScripts: false\nnpmMinimalAgeGate: 0\n`, // the packages were published a moment ago
    ...(tool.lock ? { [tool.lock]: "" } : {}),
    ...slowApp,
    ...options,
  };
  for (const [file, text] of Object.entries(files)) await writeFile(join(folder, file), text);
  return { tool, folder };
}

/** The installed launcher, as each package manager links it, under Node 22. */
const launcher = (folder) => [resolve(folder, "node_modules/.bin/selasar")];

const ignoreScripts = { "yarn 4": [] }; // it has a setting instead: enableScripts

for (const name of Object.keys(managers)) {
  describe(name, () => {
    test("installs without scripts, and runs selasar dev", async () => {
      const { tool, folder } = await project(name, "runs");
      await tool.runs([...tool.add("selasar"), ...(ignoreScripts[name] ?? ["--ignore-scripts"])], folder);
      const { stdout } = await run(launcher(folder)[0], ["version", "--verify"], { env: tool.env });
      assert.match(stdout, new RegExp(`is the program of the npm package @selasar/cli-${platform} ${version.replaceAll(".", "\\.")}`));
      const installed = (await readdir(folder, { recursive: true })).filter((path) => /cli-[a-z0-9-]+\/package\.json$/.test(path));
      assert.ok(installed.length > 0 && installed.every((path) => path.includes(`cli-${platform}`)), installed.join(" "));
      const dev = await startDev(launcher(folder), folder, tool.env);
      process.kill(dev.pid, "SIGTERM");
      await dev.ended;
      await allGone(folder, dev.pid);
    });
  });
}

const omits = {
  "npm 10": ["--omit=optional"],
  "npm 11": ["--omit=optional"],
  "npm 12": ["--omit=optional"],
  "pnpm 10": ["--no-optional"],
  "pnpm 12": ["--no-optional"],
  "yarn 1": ["--ignore-optional"],
  "bun 1": ["--omit=optional"],
};
for (const [name, flags] of Object.entries(omits)) {
  test(`${name} ${flags[0]}: the launcher says what is missing`, async () => {
    const { tool, folder } = await project(name, "omits");
    await tool.runs([...tool.add("selasar"), ...flags], folder);
    const { code, stderr } = await run(launcher(folder)[0], ["version"], { env: tool.env }).catch((error) => error);
    assert.equal(code, 1);
    assert.match(
      stderr,
      new RegExp(`^selasar: the package @selasar/cli-${platform}, which has the program for this machine, is not installed`),
    );
  });
}

test("npm create selasar@latest makes the manifest of a project", async () => {
  const { tool, folder } = await project("npm 12", "create", {
    "miniapp.json": "",
    "package.json": '{ "name": "shop", "scripts": { "dev": "node server.js" } }',
  });
  await rm(join(folder, "miniapp.json"));
  const { stdout } = await tool.runs(["create", "--yes", "selasar@latest"], folder);
  assert.match(stdout, /Next: npx selasar dev/);
  assert.equal(JSON.parse(await readFile(join(folder, "miniapp.json"), "utf8")).dev.command, "npm run dev");
});

/** Runs npx until it ends, and returns the time in milliseconds. */
async function timed(tool, args, folder) {
  const began = performance.now();
  await tool.runs(["exec", "--yes", "--", ...args], folder);
  return performance.now() - began;
}

const median = (times) => times.sort((a, b) => a - b)[Math.floor(times.length / 2)];

test("npx: cold and warm, beside a package that does nothing", async (t) => {
  const { tool, folder } = await project("npm 12", "times");
  await rm(join(scratch, "npm-12", "cache"), { recursive: true, force: true });
  const began = performance.now();
  const dev = await startDev([...tool.command, "exec", "--yes", "--", "selasar"], folder, tool.env);
  const cold = performance.now() - began;
  process.kill(dev.pid, "SIGTERM");
  await dev.ended;
  await allGone(folder, dev.pid);
  await timed(tool, ["does-nothing"], folder);
  const times = { ours: [], nothing: [] };
  for (let turn = 0; turn < 7; turn++) {
    times.nothing.push(await timed(tool, ["does-nothing"], folder));
    times.ours.push(await timed(tool, ["selasar", "version"], folder));
  }
  const [ours, nothing] = [median(times.ours), median(times.nothing)];
  t.diagnostic(`npx selasar dev, cold, until the mini app is ready: ${(cold / 1000).toFixed(1)} s, with the download from this machine`);
  t.diagnostic(
    `npx selasar version, warm: ${ours.toFixed(0)} ms; a package that does nothing: ${nothing.toFixed(0)} ms; ${(ours / nothing).toFixed(2)} times`,
  );
});

test("the bills of materials follow CycloneDX's schema", async () => {
  const folder = await tool(
    "cyclonedx",
    "@cyclonedx/cyclonedx-library@10.3.0",
    "ajv@8.20.0",
    "ajv-formats@3.0.1",
    "ajv-formats-draft2019@1.6.1",
  );
  const check = `
    const { Validation, Spec } = require("@cyclonedx/cyclonedx-library");
    const { readFileSync } = require("node:fs");
    const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot6);
    (async () => {
      for (const file of process.argv.slice(1)) {
        const wrong = await validator.validate(readFileSync(file, "utf8"));
        if (wrong !== null) throw new Error(file + ": " + JSON.stringify(wrong));
      }
    })();`;
  const bills = (await readdir(dist)).filter((name) => name.endsWith(".cdx.json"));
  assert.equal(bills.length, 5);
  await run(join(await node22(), "node"), ["-e", check, ...bills.map((name) => join(dist, name))], {
    cwd: folder,
    env: under(await node22()),
  });
});
