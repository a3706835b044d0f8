import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { gzipSync } from "node:zlib";

/** The size of a file as a browser loads it, in bytes. */
export const gzipSize = async (path) => gzipSync(await readFile(path), { level: 9 }).length;

/** Prints the sizes of the built files. */
export async function report(name, files) {
  for (const file of files) {
    const { length } = await readFile(file);
    console.log(
      `${name.padEnd(16)} ${basename(file).padEnd(28)} ${String(length).padStart(7)} B ${String(await gzipSize(file)).padStart(7)} B gzip`,
    );
  }
}
