// Runs the files of docs/ci.md exactly as the page shows them, with examples/plain as the mini app.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { executablePath } from "../support/browser.mjs";
import { buildSelasar } from "../support/selasar.mjs";
import { plain } from "../support/tools.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));
const page = await readFile(join(root, "docs/ci.md"), "utf8");
const files = new Map([...page.matchAll(/^```\w+ file=(\S+)\n(.*?)^```$/gms)].map(([, name, text]) => [name, text]));

let folder;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "selasar-ci-"));
  await cp(join(root, "examples/plain"), folder, { recursive: true });
  for (const [name, text] of files) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  await writeFile(join(folder, "package.json"), JSON.stringify({ name: "plain", private: true }));
  const modules = join(folder, "node_modules");
  await mkdir(join(modules, ".bin"), { recursive: true });
  for (const name of ["@playwright", "playwright", "playwright-core"]) await symlink(join(root, "node_modules", name), join(modules, name));
  await symlink(join(root, "node_modules/@playwright/test/cli.js"), join(modules, ".bin/playwright"));
  await symlink(await buildSelasar(), join(modules, ".bin/selasar"));
});
after(() => folder && rm(folder, { recursive: true, force: true }));

test("the page has the test and both pipelines, which end with the same command", () => {
  assert.deepEqual(
    [...files.keys()],
    ["tests/selasar.mjs", "tests/miniapp.spec.mjs", "playwright.config.mjs", ".github/workflows/miniapp.yml", ".gitlab-ci.yml"],
  );
  for (const name of [".github/workflows/miniapp.yml", ".gitlab-ci.yml"]) {
    const commands = files
      .get(name)
      .trim()
      .split("\n")
      .map((line) => line.replace(/^\s*- (run: )?/, ""));
    assert.equal(commands.at(-1), "npx playwright test", name);
    assert.ok(commands.includes("npm ci"), name);
  }
});

test("npx playwright test passes", async () => {
  const env = { ...plain(), CHROMIUM: executablePath, CI: "1", npm_config_offline: "true" };
  const child = spawn("npx", ["playwright", "test", "--reporter=line"], { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (said += text));
  const [code] = await once(child, "exit");
  assert.equal(code, 0, said);
  assert.match(said, /\b4 passed\b/);
});
