import { readdir, readFile, rm, writeFile } from "node:fs/promises";

const packageOf = (path) => path.match(/^.*node_modules\/(@[^/]+\/[^/]+|[^/]+)/)?.[0];

async function noticeOf(folder) {
  const { name, version, license } = JSON.parse(await readFile(`${folder}/package.json`, "utf8"));
  const file = (await readdir(folder)).find((entry) => /^(licen[cs]e|copying)/i.test(entry));
  if (!file) throw new Error(`${name} is bundled but has no licence file`);
  const text = await readFile(`${folder}/${file}`, "utf8");
  return `${name} ${version} (${license})\n\n${text.trim()}\n`;
}

/** Writes the licences of all bundled libraries, or no file when there is none. */
export async function writeNotices(metafile, path) {
  const folders = new Set(Object.keys(metafile.inputs).map(packageOf).filter(Boolean));
  const notices = await Promise.all([...folders].sort().map(noticeOf));
  if (notices.length === 0) return rm(path, { force: true });
  await writeFile(path, `This bundle contains the following libraries.\n\n${notices.join("\n----\n\n")}`);
}
