// The simulator shows what a host can be built with: it takes from the SDKs only what is published.
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { dirname, join, sep } from "node:path";
import { test } from "node:test";

const folder = join("web", "simulator");
const imported = /\b(?:from|import)\s*\(?\s*["']([^"']+)["']/g;
const manifest = async (path) => JSON.parse(await readFile(join(path, "package.json"), "utf8"));

test("the simulator imports its own files, and published packages that it names", async () => {
  const { dependencies } = await manifest(folder);
  const files = (await readdir(folder, { recursive: true })).filter((file) => /\.tsx?$/.test(file)).map((file) => join(folder, file));
  let packages = 0;
  for (const file of files) {
    for (const [, name] of (await readFile(file, "utf8")).matchAll(imported)) {
      if (name.startsWith(".")) {
        assert.ok(join(dirname(file), name).startsWith(folder + sep), `${file} imports ${name}, which is not the simulator's`);
        continue;
      }
      const [scope, rest] = name.split("/");
      assert.ok(
        (scope.startsWith("@") ? `${scope}/${rest}` : scope) in dependencies,
        `${file} imports ${name}, which ${folder}/package.json does not name`,
      );
      packages++;
    }
  }
  assert.ok(files.length > 50 && packages > 50, `${files.length} files with ${packages} imports of packages were read`);
});

test("the packages that it names are published ones", async () => {
  const { dependencies } = await manifest(folder);
  for (const name of Object.keys(dependencies)) assert.ok(!(await manifest(join("node_modules", name))).private, `${name} is private`);
});
