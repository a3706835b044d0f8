import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** The folders of the suite: every `*.test.mjs` directly in one of them belongs to it. */
export function testFiles(root = ".") {
  const below = (folder) => readdirSync(join(root, folder), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const folders = [...below("sdk").map(({ name }) => join("sdk", name, "test")), ...below("test").map(({ name }) => join("test", name))];
  return folders
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) => readdirSync(join(root, folder)).map((name) => join(folder, name)))
    .filter((path) => path.endsWith(".test.mjs"))
    .sort();
}

/** Reports whether a test file drives a browser: it imports the drivers. */
export const drivesBrowser = (file) => imports(file, (name) => name.split("/")[0] === "playwright-core" || name.endsWith("/engines.mjs"));

/** Reports whether a file has an import that passes, directly or through another file. */
export function imports(file, passes, seen = new Set()) {
  const path = resolve(file);
  if (seen.has(path) || !existsSync(path)) return false;
  seen.add(path);
  const imported = [...readFileSync(path, "utf8").matchAll(/\b(?:from|import)\s*\(?\s*["']([^"']+)["']/g)].map(([, name]) => name);
  return imported.some((name) => passes(name) || (name.startsWith(".") && imports(resolve(dirname(path), name), passes, seen)));
}
