// The example in React: its types, and its page in the simulator. `make test-wide` has the one in Vue.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { installedExample, testArah } from "./arah.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));

testArah("react", "React");

test("the example in React has no type error", async (t) => {
  const { project, remove } = await installedExample("react");
  t.after(remove);
  const output = await new Promise((resolve) =>
    execFile(join(root, "node_modules/.bin/tsc"), { cwd: project }, (error, stdout) => resolve(error ? stdout || String(error) : "")),
  );
  assert.equal(output, "");
});

test("the examples in React and Vue call the super app by the same code", async () => {
  for (const file of ["container.ts", "superapp.ts", "compass.ts", "style.css"]) {
    const [react, vue] = await Promise.all(["react", "vue"].map((name) => readFile(join(root, "examples", name, "src", file), "utf8")));
    assert.equal(react, vue, file);
  }
});
