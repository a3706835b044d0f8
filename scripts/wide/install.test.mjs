// The installation of the SDK with every package manager, and a bundle of it by Vite.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { promisify } from "node:util";
import { buildSelasar, startSelasar } from "../../test/support/selasar.mjs";
import { documentedFiles, promises, workshop } from "../../sdk/client/test/installation.mjs";
import { managers } from "../../sdk/client/test/managers.mjs";
import { node22, tool } from "../../test/support/tools.mjs";

let selasar, files;
before(async () => {
  selasar = { ...(await startSelasar()), program: await buildSelasar() };
  files = await documentedFiles(selasar);
});
after(() => selasar?.stop());

for (const name of Object.keys(managers)) {
  describe(name, () => {
    let shop;
    before(async () => {
      shop = await workshop(name, selasar);
    });
    after(() => shop?.close());
    for (const [title, check] of Object.entries(
      promises(
        () => shop,
        () => files,
      ),
    ))
      test(title, check);
  });
}

test("Vite bundles the installed SDK for production", async () => {
  const shop = await workshop(undefined, selasar);
  try {
    const folder = await shop.project("vite", files.registry);
    await shop.add(folder);
    await writeFile(join(folder, "index.html"), '<!doctype html><script type="module" src="/app.js"></script>');
    const vite = join(await tool("vite", "vite@8.3.8"), "node_modules/vite/bin/vite.js");
    await promisify(execFile)(join(await node22(), "node"), [vite, "build", "--target", "es2022"], { cwd: folder });
    const assets = join(folder, "dist/assets");
    const code = await Promise.all((await readdir(assets)).map((file) => readFile(join(assets, file), "utf8")));
    assert.match(code.join(""), /getAuthCode/);
  } finally {
    await shop.close();
  }
});
