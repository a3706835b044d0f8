// The npm packages selasar and create-selasar: from a registry, with npm 12 under Node 22. `make test-wide` has the other
// package managers and the packages of all platforms.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { node22 } from "../support/tools.mjs";
import { allGone, packages, platform, slowApp, startDev } from "./installed.mjs";

const launcher = "node_modules/selasar/bin/selasar.js";
let shop, project, node;

before(async () => {
  shop = await packages();
  node = join(await node22(), "node");
  project = await shop.folder("project", { "package.json": '{ "private": true }' });
  await shop.npm.runs(shop.npm.add("selasar"), project);
});
after(() => shop?.close());

/** Runs a program to its end. */
const run = (program, args, { cwd = project, input, ...options } = {}) =>
  new Promise((resolve) => {
    const child = execFile(program, args, { cwd, ...options }, (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, stdout, stderr }),
    );
    child.stdin.end(input);
  });
const npx = (args, cwd) =>
  run(shop.npm.command[0], [...shop.npm.command.slice(1), "exec", "--yes", "--", ...args], { cwd, env: shop.npm.env });

test("npx selasar dev runs a mini app, and SIGTERM to npx ends its server, too", async () => {
  const folder = await shop.folder("npx", slowApp);
  const dev = await startDev([...shop.npm.command, "exec", "--yes", "--", "selasar"], folder, shop.npm.env);
  assert.equal(await (await fetch(dev.urls.app)).text(), "slow");
  process.kill(dev.pid, "SIGTERM");
  await dev.ended;
  await allGone(folder, dev.pid);
});

test("Ctrl-C to npx and its children ends the server", async () => {
  const folder = await shop.folder("terminal", slowApp);
  const dev = await startDev([...shop.npm.command, "exec", "--yes", "--", "selasar"], folder, shop.npm.env);
  process.kill(-dev.pid, "SIGINT");
  await dev.ended;
  await allGone(folder, dev.pid);
});

test("the packages have no scripts, and install only each other", async () => {
  for (const name of ["selasar", `@selasar/cli-${platform}`]) {
    const manifest = JSON.parse(await readFile(join(project, "node_modules", name, "package.json"), "utf8"));
    assert.equal(manifest.scripts, undefined);
    assert.equal(manifest.dependencies, undefined);
    for (const dependency of Object.keys(manifest.optionalDependencies ?? {})) assert.match(dependency, /^@selasar\/cli-/);
  }
});

// Node 22 can replace a process; older versions and Windows run the program as a child.
for (const [title, child] of Object.entries({ "in place of Node": false, "as a child of Node": true })) {
  describe(`the launcher, with the program ${title}`, () => {
    let flags = [];
    before(async () => {
      if (child) flags = ["--require", join(await shop.folder("older", { "node.js": "delete process.execve;" }), "node.js")];
    });

    test("passes arguments, streams and the exit code", async () => {
      const refused = await run(node, [...flags, launcher, "dev", "no such ünit", ""]);
      assert.equal(refused.code, 1);
      assert.equal(refused.stdout, "");
      assert.match(refused.stderr, /unexpected argument/);
      const missing = await run(node, [...flags, launcher, "dev", "no such ünit"]);
      assert.match(missing.stderr, /^selasar: there is no folder no such ünit/);
      const version = await run(node, [...flags, launcher, "version"]);
      assert.deepEqual({ code: version.code, stderr: version.stderr }, { code: 0, stderr: "" });
      assert.match(version.stdout, /^selasar \S+ /);
    });

    for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"]) {
      test(`ends the program by ${signal}`, async () => {
        const folder = await shop.folder(`${child}-${signal}`, slowApp);
        const dev = await startDev([node, ...flags, join(project, launcher)], folder, process.env);
        // A terminal sends Ctrl-C to all processes of the group, so a child gets it twice: from the launcher, too.
        process.kill(signal === "SIGINT" ? -dev.pid : dev.pid, signal);
        assert.deepEqual(await dev.ended, { code: 0, signal: null });
        await allGone(folder, dev.pid);
      });
    }
  });
}

test("version --verify compares the program with its package", async () => {
  const { code, stdout } = await run(node, [launcher, "version", "--verify"]);
  assert.equal(code, 0);
  assert.match(stdout, new RegExp(`is the program of the npm package @selasar/cli-${platform} .*SHA-256 [0-9a-f]{64}`));
});

test("without the package of its platform, the launcher says why, and the command that it names mends it", async () => {
  const folder = await shop.folder("omitted", { "package.json": '{ "private": true }' });
  await shop.npm.runs([...shop.npm.add("selasar"), "--omit=optional"], folder);
  const { code, stderr } = await npx(["selasar", "version"], folder);
  assert.equal(code, 1);
  const sentence = stderr.split("\n").find((line) => line.startsWith("selasar: "));
  assert.ok(sentence?.includes(`the package @selasar/cli-${platform}, which has the program for this machine, is not installed`), stderr);
  assert.match(sentence, /--omit=optional .* lock file/);
  const [, remedy] = /This command installs it: npm (.*)$/.exec(sentence);
  await shop.npm.runs(remedy.split(" "), folder);
  assert.match((await npx(["selasar", "version"], folder)).stdout, /^selasar /);
});

test("on a platform without a program, the launcher names the platforms", async () => {
  const other = join(
    await shop.folder("other", { "platform.js": 'Object.defineProperty(process, "platform", { value: "sunos" });' }),
    "platform.js",
  );
  const { code, stderr } = await run(node, ["--require", other, launcher, "version"]);
  assert.equal(code, 1);
  assert.match(stderr, /^selasar: there is no program for sunos-\w+, only for linux-x64, .*win32-x64\./);
});

test("a program that cannot be run is named with the command that mends it", async () => {
  const program = join(project, `node_modules/@selasar/cli-${platform}/selasar`);
  const kept = `${program}.kept`;
  await rename(program, kept);
  await writeFile(program, "", { mode: 0o644 });
  const { code, stderr } = await run(node, [launcher, "version"]);
  await rm(program);
  await rename(kept, program);
  assert.equal(code, 1);
  assert.match(stderr, /^selasar: .* cannot be run: EACCES.* npm install --no-save @selasar\/cli-/);
});

test("the commands of docs/releases.md install the packages without a registry", async () => {
  const text = await readFile(new URL("../../docs/releases.md", import.meta.url), "utf8");
  const [, recipe] = /^(npm install --save-dev .*dist\/npm\/.*)$/m.exec(text);
  const folder = await shop.folder("files", { "package.json": '{ "private": true }' });
  const here = recipe.replaceAll("~/selasar/dist", shop.dist).replaceAll("linux-x64", platform);
  const env = { ...shop.npm.env, npm_config_registry: "http://127.0.0.1:1/" };
  const { code, stderr } = await run("sh", ["-c", here], { cwd: folder, env });
  assert.equal(code, 0, stderr);
  assert.match((await npx(["selasar", "version"], folder)).stdout, /^selasar /);
});
