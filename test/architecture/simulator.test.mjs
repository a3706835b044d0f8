// The simulator is an example of a host, so it imports only published packages of the SDKs.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { importsOf } from "./imports.mjs";

const folder = join("web", "simulator");
/** The package that only the pages share. */
const OWN = "@selasar/ui";
const manifest = async (path) => JSON.parse(await readFile(join(path, "package.json"), "utf8"));

test("the simulator imports its own files, and published packages that it names", async () => {
  const { dependencies } = await manifest(folder);
  const { files, imports } = await importsOf(folder);
  let packages = 0;
  for (const { file, name, inside, onlyTypes } of imports) {
    if (name.startsWith(".")) {
      assert.ok(inside, `${file} imports ${name}, which is not the simulator's`);
      continue;
    }
    if (name === "@selasar/protocol/openapi" && onlyTypes) continue;
    const [scope, rest] = name.split("/");
    assert.ok(
      (scope.startsWith("@") ? `${scope}/${rest}` : scope) in dependencies,
      `${file} imports ${name}, which ${folder}/package.json does not name`,
    );
    packages++;
  }
  assert.ok(files.length > 50 && packages > 50, `${files.length} files with ${packages} imports of packages were read`);
});

test("the packages that the simulator names are published", async () => {
  for (const named of [folder, join("web", "ui")]) {
    const { dependencies } = await manifest(named);
    for (const name of Object.keys(dependencies)) {
      if (name !== OWN) assert.ok(!(await manifest(join("node_modules", name))).private, `${name} is private`);
    }
  }
});
