import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { drivesBrowser, testFiles } from "../../scripts/webtest/files.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));
const fixture = (name) => join("test/runner/fixtures", `${name}.mjs`);

/** Runs the runner over fixtures. Resolves with its exit code, its output, and the counts of its closing lines. */
async function run(context, names, ...flags) {
  const folder = mkdtempSync(join(tmpdir(), "selasar-runner-"));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  const env = { ...process.env, FIXTURE_FOLDER: folder };
  delete env.SELASAR_BINARY; // set when these tests are themselves part of a run
  const child = spawn(process.execPath, ["scripts/test-web.mjs", ...flags, ...names.map(fixture)], { cwd: root, env });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (output += text));
  const code = await new Promise((resolve) => child.once("close", resolve));
  const count = (kind) => [...output.matchAll(new RegExp(`^ℹ ${kind} (\\d+)$`, "gm"))].map(([, number]) => Number(number));
  return { code, output, folder, counts: [...count("tests"), ...count("pass"), ...count("fail")] };
}

/** Reports whether a process runs; an ended process may remain until its parent reads its exit code. */
function runs(pid) {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1][0] !== "Z";
  } catch {
    return false;
  }
}

const runsOf = (output, name) => output.split("\n").filter((line) => /^[✔✖] /.test(line) && line.includes(`/${name}.mjs`)).length;
const defects = (output) => (output.split("Defects to fix next")[1] ?? "").split("\nℹ")[0];

test("files that pass: exit code 0, and one closing block with the sum", async (t) => {
  const { code, counts, output } = await run(t, ["pass", "pass"]);
  assert.equal(code, 0, output);
  assert.deepEqual(counts, [4, 4, 0]);
  assert.equal(defects(output), "");
});

test("a unit test that fails is not run again, even if it would pass", async (t) => {
  const { code, counts, output } = await run(t, ["flaky-unit", "pass"]);
  assert.equal(code, 1);
  assert.deepEqual(counts, [4, 3, 1]);
  assert.equal(runsOf(output, "flaky-unit"), 1);
  assert.match(output, /a flake/);
});

test("a browser file that fails once passes on its second run and is named as a defect", async (t) => {
  const { code, counts, output } = await run(t, ["flaky-one", "pass"]);
  assert.equal(code, 0, output);
  assert.deepEqual(counts, [4, 4, 0]);
  assert.equal(runsOf(output, "flaky-one"), 2);
  assert.match(defects(output), /flaky-one\.mjs: 1 of 2 tests failed/);
  assert.ok(output.indexOf("again and alone") > output.indexOf("pass.mjs"), "its second run is after the other files");
});

test("two browser files that needed a second run pass, three fail the run", async (t) => {
  assert.equal((await run(t, ["flaky-one", "flaky-two"])).code, 0);
  const { code, counts, output } = await run(t, ["flaky-one", "flaky-two", "flaky-three"]);
  assert.equal(code, 1);
  assert.deepEqual(counts, [6, 6, 0]);
  for (const name of ["one", "two", "three"]) assert.match(defects(output), new RegExp(`flaky-${name}\\.mjs`));
  assert.match(output, /3 files needed a second run; at most 2 may/);
});

test("a browser file that fails twice fails the run and is not named as a flake", async (t) => {
  const { code, counts, output } = await run(t, ["fault", "flaky-one"]);
  assert.equal(code, 1);
  assert.deepEqual(counts, [4, 3, 1]);
  assert.equal(runsOf(output, "fault"), 2);
  assert.match(output, /1 of 2 files failed:\n.*fault\.mjs/);
  assert.doesNotMatch(defects(output), /fault\.mjs/);
});

test("a file that is killed, breaks at its import, or has no test counts as a failed test", async (t) => {
  for (const [name, why] of [
    ["killed", /killed\.mjs.*: killed by SIGKILL/],
    ["broken", /broken\.mjs.*: ended with exit code/],
    ["empty", /empty\.mjs.*: (has no test|ended before its tests did)/],
  ]) {
    const { code, counts, output } = await run(t, [name, "pass"]);
    assert.equal(code, 1, name);
    assert.equal(counts[2], 1, output);
    assert.match(output, why);
  }
});

test("a file that hangs is ended with its children and counts as failed", async (t) => {
  const { code, counts, output, folder } = await run(t, ["hang", "pass"], "--timeout=2");
  assert.equal(code, 1);
  assert.equal(counts[2], 1, output);
  assert.match(output, /hang\.mjs.*: still running after 2 s/);
  const pid = Number(readFileSync(join(folder, "hang.pid"), "utf8"));
  assert.equal(runs(pid), false);
});

test("the suite finds its files, and knows which of them drive a browser", () => {
  const files = testFiles(root);
  assert.ok(files.includes("test/runner/runner.test.mjs"));
  assert.ok(files.includes("sdk/protocol/test/read.test.mjs"));
  assert.equal(drivesBrowser(join(root, "sdk/protocol/test/read.test.mjs")), false);
  assert.equal(drivesBrowser(join(root, "test/simulator/consent.test.mjs")), true);
  assert.equal(drivesBrowser(join(root, fixture("flaky-one"))), true);
  assert.equal(drivesBrowser(join(root, fixture("flaky-unit"))), false);
});

test("the program is built once for all files, and is gone after the run", async (t) => {
  const { code, output, folder } = await run(t, ["binary", "binary"]);
  assert.equal(code, 0, output);
  const [first, second] = readFileSync(join(folder, "binaries"), "utf8").split("\n");
  assert.equal(first, second);
  assert.equal(existsSync(first), false);
});
