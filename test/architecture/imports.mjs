import { readdir, readFile } from "node:fs/promises";
import { dirname, join, sep } from "node:path";

const imported = /(?<!["'.\w-])(?:from|import)\s*\(?\s*["']([^"']+)["']/g;
const statement = /^\s*(import|export)\s+(type\s)?/;

/**
 * Reads every import of the TypeScript below a folder.
 * @returns `{ files, imports }`; in each import, `inside` reports whether it stays in the folder, `onlyTypes` whether it imports types only
 */
export async function importsOf(folder) {
  const files = (await readdir(folder, { recursive: true })).filter((file) => /\.tsx?$/.test(file)).map((file) => join(folder, file));
  const imports = [];
  for (const file of files) {
    const text = await readFile(file, "utf8");
    for (const match of text.matchAll(imported)) {
      const [, name] = match;
      const before = text.slice(0, match.index);
      const begin = Math.max(before.lastIndexOf("\nimport"), before.lastIndexOf("\nexport"), before.lastIndexOf(";\n"));
      const onlyTypes = Boolean(statement.exec(text.slice(Math.max(begin, 0)).replace(/^;\n/, ""))?.[2]);
      imports.push({ file, name, onlyTypes, inside: join(dirname(file), name).startsWith(folder + sep) });
    }
  }
  return { files, imports };
}
