import { readFile, writeFile } from "node:fs/promises";

/** Returns the project's version: the one of package.json in the root. Everything that is built or released has it. */
export const version = async () => JSON.parse(await readFile("package.json", "utf8")).version;

/** Writes the project's version into spec/openapi.yaml. */
export async function writeVersion() {
  const path = "spec/openapi.yaml";
  const text = await readFile(path, "utf8");
  const changed = text.replace(/^ {2}version: .*$/m, `  version: ${await version()}`);
  if (changed !== text) await writeFile(path, changed);
}
