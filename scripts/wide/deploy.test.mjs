// The programs that read the files of deploy/ accept them: systemd, Prometheus, and the types of Kubernetes and BuildKit.
// Prometheus' promtool comes from its Debian package, which is unpacked and not installed.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../..", import.meta.url));
const deploy = join(root, "deploy");

let folder;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "selasar-wide-deploy-"));
});
after(() => rm(folder, { recursive: true, force: true }));

let promtool;
/** Returns the path of promtool. */
async function findPromtool() {
  if (promtool) return promtool;
  const installed = await run("sh", ["-c", "command -v promtool"]).catch(() => undefined);
  if (installed) return (promtool = installed.stdout.trim());
  await run("sh", ["-c", "apt-get download -qq prometheus && dpkg -x prometheus_*.deb prometheus"], { cwd: folder });
  return (promtool = join(folder, "prometheus/usr/bin/promtool"));
}

test("systemd accepts the unit, and finds little that it exposes", async () => {
  const unit = await readFile(join(deploy, "systemd/selasar.service"), "utf8");
  const path = join(folder, "selasar.service");
  // systemd also checks that the program is there.
  await writeFile(path, unit.replace("ExecStart=/usr/local/bin/selasar", `ExecStart=${process.execPath}`));
  const { stdout, stderr } = await run("systemd-analyze", ["verify", "--man=no", path]);
  assert.equal(stdout + stderr, "");
  await run("systemd-analyze", ["security", "--offline=true", "--threshold=20", "--no-pager", path]);
});

test("promtool accepts the alerts, and they fire for their faults only", { timeout: 120_000 }, async () => {
  await run(await findPromtool(), ["check", "rules", join(deploy, "prometheus/selasar.rules.yml")]);
  await run(await findPromtool(), ["test", "rules", join(deploy, "prometheus/selasar.test.yml")]);
});

test("promtool parses every expression of the board", { timeout: 120_000 }, async () => {
  const board = JSON.parse(await readFile(join(deploy, "grafana/selasar.json"), "utf8"));
  const rules = board.panels
    .flatMap((panel) => panel.targets)
    .map(({ expr }, i) => ({
      record: `board:expression:${i}`,
      expr: expr.replaceAll("$__rate_interval", "1m").replaceAll("$job", "selasar"),
    }));
  assert.ok(rules.length > 15, `${rules.length} expressions`);
  const path = join(folder, "board.yml");
  await writeFile(path, JSON.stringify({ groups: [{ name: "board", rules }] })); // JSON is YAML
  await run(await findPromtool(), ["check", "rules", path]);
});

test("the manifests and the Containerfile pass the parsers of Kubernetes and BuildKit", { timeout: 900_000 }, async () => {
  await run("go", ["test", "-count=1", "./..."], { cwd: join(root, "tools/deploy"), env: { ...process.env, GOFLAGS: "" } });
});
