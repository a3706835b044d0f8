import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";

const packages = {
  "@selasar/page": "sdk/page/src/index.d.ts",
  "@selasar/protocol": "sdk/protocol/src/index.d.ts",
  "@selasar/protocol/container": "sdk/protocol/src/catalogue.container.gen.d.ts",
  "@selasar/protocol/openapi": "sdk/protocol/src/openapi.gen.d.ts",
};

const run = promisify(execFile);
const importLine = /^(?:import|export) (?:type )?(?:\{[^}]*\}|\*) from "([^"]+)";$/gms;
const exported = /^export (?=declare|interface|type [^{]|class|const|function|abstract)/gm;

/**
 * Writes the declarations of a package to one file: every file that the entry imports, in import order. Only
 * the exports of the entry stay exported. The sources must neither rename imports nor use a name twice.
 */
export async function declarations(entry) {
  const out = await mkdtemp(join(tmpdir(), "selasar-types-"));
  try {
    await run("node_modules/.bin/tsc", [
      "-p",
      "tsconfig.sdk.json",
      "--noEmit",
      "false",
      "--emitDeclarationOnly",
      "--declaration",
      "--stripInternal",
      "--rootDir",
      ".",
      "--outDir",
      out,
    ]);
    const path = join(out, entry.replace(/\.ts$/, ".d.ts"));
    const files = new Map();
    await gather(path, out, files);
    const index = files.get(path);
    files.delete(path);
    const body = [...files.values()].map((text) =>
      text
        .replace(importLine, "")
        .replace(exported, "")
        .replace(/^export \{\};$/gm, ""),
    );
    return `${reachable(body.join("\n"), exportsOf(index)).join("\n\n")}\n\n${exportsOf(index)}\n`;
  } finally {
    await rm(out, { recursive: true, force: true });
  }
}

/** Reads a file after its imports. */
async function gather(path, root, files) {
  if (files.has(path)) return;
  files.set(path, "");
  const text = await readFile(path, "utf8");
  for (const [, name] of text.matchAll(importLine)) await gather(locate(name, path, root), root, files);
  files.delete(path);
  files.set(path, text);
}

const locate = (name, from, root) => (packages[name] ? join(root, packages[name]) : resolve(dirname(from), name.replace(/\.js$/, ".d.ts")));

/** Turns the entry's "export { A } from ..." lines into lists of names. */
const exportsOf = (index) => index.replace(/^(export (?:type )?\{[^}]*\}) from "[^"]+";$/gms, "$1;").trim();

/** Removes declarations that no export needs. */
function reachable(text, exports) {
  const all = text
    .split(/^(?=\/\*\*|(?<!\*\/\n)(?:declare|interface|type) )/m)
    .map((part) => part.trim())
    .filter(Boolean);
  const name = (part) => part.match(/^(?:declare (?:abstract )?(?:class|const|function)|interface|type) (\w+)/m)?.[1];
  const words = (part) => part.replace(/\/\*\*[\s\S]*?\*\//g, "").match(/\w+/g) ?? [];
  const needed = new Set(words(exports));
  for (let before = -1; before !== needed.size; ) {
    before = needed.size;
    for (const part of all) if (needed.has(name(part))) words(part).forEach((word) => needed.add(word));
  }
  const kept = all.filter((part) => needed.has(name(part)));
  // A value and a type may share a name, two types may not: interfaces would merge.
  const typeNames = kept.filter((part) => !/^declare const/m.test(part)).map(name);
  const twice = typeNames.find((each, i, names) => names.indexOf(each) !== i);
  if (twice) throw new Error(`declarations: ${twice} is declared in two files; rename one of them`);
  return kept;
}
