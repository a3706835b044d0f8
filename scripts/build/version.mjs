import { readFile, writeFile } from "node:fs/promises";

/** Returns the project's version: the one of package.json in the root. Everything that is built or released has it. */
export const version = async () => JSON.parse(await readFile("package.json", "utf8")).version;

/** Writes the project's version into the documents of the APIs. */
export async function writeVersion() {
  for (const path of ["spec/openapi.yaml", "spec/admin.yaml"]) {
    const text = await readFile(path, "utf8");
    const changed = text.replace(/^ {2}version: .*$/m, `  version: ${await version()}`);
    if (changed !== text) await writeFile(path, changed);
  }
}
