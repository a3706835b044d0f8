// The samples of the documentation in TypeScript. Each reads `result` as the documentation does, also without a look at
// `success`. They compile with --strict against the built package, and run with its dummy.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { after, test } from "node:test";
import { promisify } from "node:util";
import { build } from "esbuild";
import MiniAppSDK, { unwrap } from "../../../internal/webui/sdk/miniapp-client/dist/miniapp-client.js";

const run = promisify(execFile);
const samples = resolve("sdk/client/test/samples");
const target = await mkdtemp(join(tmpdir(), "selasar-samples-"));
after(() => rm(target, { recursive: true, force: true }));

const wants = {
  login: "string 64",
  bank: "string undefined",
  payment: "paid undefined",
  consent: "location number number number\nwifi",
  deeplink: "opened null",
  device: "string number string string",
  detached: "true true location wifi false",
};

test("every sample compiles with --strict", async () => {
  const { stdout } = await run("node_modules/.bin/tsc", ["-p", samples]).catch((error) => error);
  assert.equal(stdout, "");
});

for (const file of (await readdir(samples)).filter((name) => name.endsWith(".ts") && !name.endsWith(".d.ts"))) {
  const name = basename(file, ".ts");
  test(`the sample ${name} runs`, async () => {
    await build({
      entryPoints: [join(samples, file)],
      outfile: join(target, `${name}.mjs`),
      bundle: true,
      format: "esm",
      alias: { "@gopay/miniapp-client": resolve("internal/webui/sdk/miniapp-client/dist/miniapp-client.js") },
      define: { "import.meta.env.PROD": "false" },
      tsconfigRaw: {},
    });
    const { stdout } = await run("node", [join(target, `${name}.mjs`)]);
    const lines = stdout.split("\n").filter((line) => !line.includes("the dummy service answers"));
    assert.equal(lines.join("\n").trim(), wants[name]);
  });
}

test("a method without its receiver works on failure too, and an override is kept", async () => {
  class Loud extends MiniAppSDK {
    async getAuthCode() {
      return { ...(await super.getAuthCode()), loud: true };
    }
  }
  const { getAuthCode } = new Loud();
  const { loud, error } = await getAuthCode();
  assert.deepEqual([loud, error.code], [true, 100]);
  const { triggerPayment, on, off } = new MiniAppSDK();
  const failed = await triggerPayment({ deeplink: "gopay://merchanttransfer?tref=1" });
  assert.equal(failed.data, null);
  assert.throws(() => unwrap(failed), { code: 100 });
  on("launchend", () => {})();
  off("launchend", () => {});
});
