// Every recipe of the two READMEs that replaces the old package with this one, against a running Selasar: with the machine's
// own npm, and with npm 12 under Node 22. `make test-wide` adds the other package managers.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { buildSelasar, startSelasar } from "../../../test/support/selasar.mjs";
import { documentedFiles, OLD, promises, recipes, workshop } from "./installation.mjs";

let selasar, files;
before(async () => {
  selasar = { ...(await startSelasar()), program: await buildSelasar() };
  files = await documentedFiles(selasar);
});
after(() => selasar?.stop());

for (const readme of ["README.md", "sdk/client/README.md"]) {
  test(`${readme} names the registry, the installation and the vendored archive`, async () => {
    const blocks = await recipes(readme, selasar);
    const line = `@gopay:registry=${selasar.api}/npm/`;
    assert.ok(blocks.some(({ kind, text }) => kind === "ini" && text.split("\n").includes(line)));
    assert.ok(blocks.some(({ kind, text }) => kind === "sh" && text.includes(`npm install ${OLD}`)));
    assert.ok(blocks.some(({ kind, text }) => kind === "sh" && text.includes("selasar sdk vendor")));
  });
}

for (const name of [undefined, "npm 12"]) {
  describe(name ?? "the machine's npm", () => {
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
