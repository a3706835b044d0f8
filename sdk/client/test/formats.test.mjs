// The published files: their size, and that each module system can load them.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import vm from "node:vm";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const folder = "internal/webui/sdk/miniapp-client";
const dist = `${folder}/dist/miniapp-client`;
const run = promisify(execFile);
const exported = ["ErrorCode", "MiniAppCallError", "MiniAppSDK", "default", "unwrap"];

for (const file of ["js", "cjs", "umd.js"]) {
  test(`miniapp-client.${file} has at most 5 KB gzip`, async () => {
    const size = gzipSync(await readFile(`${dist}.${file}`), { level: 9 }).length;
    assert.ok(size <= 5_000, `${size} B`);
  });
}

test("the package has no dependencies", async () => {
  const { dependencies, peerDependencies } = JSON.parse(await readFile(`${folder}/package.json`, "utf8"));
  assert.deepEqual([dependencies, peerDependencies], [undefined, undefined]);
});

async function works({ default: MiniAppSDK, unwrap, ErrorCode, MiniAppCallError }) {
  const real = await new MiniAppSDK().getAuthCode();
  assert.equal(real.error.code, ErrorCode.MethodNotSupported);
  assert.throws(() => unwrap(real), MiniAppCallError);
  const { authCode } = unwrap(await new MiniAppSDK({ useDummyService: true }).getAuthCode());
  assert.equal(authCode.length, 64);
}

test("loads as an ES module, with its dummy", async () => {
  const client = await import(resolve(`${dist}.js`));
  assert.deepEqual(Object.keys(client).sort(), exported);
  await works(client);
});

test("loads as CommonJS, with its dummy", async () => {
  const client = createRequire(import.meta.url)(resolve(`${dist}.cjs`));
  assert.deepEqual(Object.keys(client).sort(), exported);
  await works(client);
});

// The contexts have only the language: no timer, window or document. So any effect at import would throw.
test("the UMD file loads as global, AMD module and CommonJS module, without an effect at import", async () => {
  const code = await readFile(`${dist}.umd.js`, "utf8");
  const global = {};
  vm.runInNewContext(code, Object.assign(global, { self: global }));
  assert.deepEqual(Object.keys(global), ["self", "MiniAppSDK"]);
  const amd = {};
  const define = Object.assign((needs, factory) => (amd.value = factory(...needs)), { amd: {} });
  vm.runInNewContext(code, { define });
  const module = { exports: {} };
  vm.runInNewContext(code, { module, exports: module.exports });
  for (const MiniAppSDK of [global.MiniAppSDK, amd.value, module.exports]) {
    assert.equal(typeof MiniAppSDK.prototype.getAuthCode, "function");
    assert.deepEqual(
      exported.filter((name) => name in MiniAppSDK),
      exported,
    );
    assert.equal(MiniAppSDK.default, MiniAppSDK);
  }
});

test("the documentation's samples type-check as printed, and the alias of the old package resolves", async () => {
  const scratch = await mkdtemp(join(tmpdir(), "selasar-alias-"));
  try {
    await mkdir(join(scratch, "node_modules/@gopay"), { recursive: true });
    await symlink(resolve(folder), join(scratch, "node_modules/@gopay/miniapp-client"));
    await writeFile(
      join(scratch, "app.mts"),
      `
      import MiniAppSDK from "@gopay/miniapp-client";
      const miniAppSdk = new MiniAppSDK({ useDummyService: true });
      miniAppSdk.getAuthCode().then((result) => {
        if (result.success) { const code: string = result.data.authCode; console.log(code); }
        else { console.log(result.error?.message); }
      }).catch((error) => console.log(error));
      const paid = await miniAppSdk.triggerPayment({ deeplink: "gopay://x" });
      const status: "success" | "cancelled" | "failed" | "pending" | undefined = paid.data?.status;
      await miniAppSdk.openGopayDeeplink("gopay://x");
      const { data } = await miniAppSdk.getConsent("location");
      const has: boolean | undefined = data?.has_consent;
      miniAppSdk.on("consentchange", ({ name, state }) => console.log(name, state));
      // @ts-expect-error a payment needs its deeplink
      await miniAppSdk.triggerPayment({});
      console.log(status, has);
    `,
    );
    for (const [module, moduleResolution] of [
      ["esnext", "bundler"],
      ["nodenext", "nodenext"],
    ]) {
      await run("node_modules/.bin/tsc", [
        "--ignoreConfig",
        "--noEmit",
        "--strict",
        "--target",
        "es2022",
        "--lib",
        "es2022,dom",
        "--types",
        "",
        "--module",
        module,
        "--moduleResolution",
        moduleResolution,
        join(scratch, "app.mts"),
      ]).catch(({ stdout }) => assert.fail(stdout));
    }
    const { outputFiles } = await build({
      entryPoints: [join(scratch, "app.mts")],
      bundle: true,
      splitting: true,
      format: "esm",
      outdir: scratch,
      write: false,
    });
    assert.ok(
      outputFiles.some(({ path }) => path.includes("dummy")),
      "the dummy is a chunk of its own",
    );
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
});
