// Makes a starter project by its create tool, and installs it by its lock file into the cache folder of scripts/tools.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { cp, link, mkdir, mkdtemp, readdir, readFile, readlink, rename, rm, symlink } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { node22, tool, toolCache, under } from "../support/tools.mjs";
import { starters } from "./starters.mjs";

const run = promisify(execFile);
const own = (name) => fileURLToPath(new URL(name, import.meta.url));

/** The environment of a starter's programs: without telemetry, and with the Node of a folder. */
export const environment = (node) => ({
  ...under(node),
  NO_COLOR: "1",
  DO_NOT_TRACK: "1",
  NEXT_TELEMETRY_DISABLED: "1",
  NUXT_TELEMETRY_DISABLED: "1",
  ASTRO_TELEMETRY_DISABLED: "1",
});

/** Returns the installed starter of this name in the cache. Nothing may change in it. */
async function installed(name) {
  const folder = join(await toolCache(), "starters", `${name}-${await fingerprint(name)}`);
  if (existsSync(folder)) return folder;
  await mkdir(join(folder, ".."), { recursive: true });
  const fresh = await mkdtemp(join(folder, "..", ".fresh-"));
  try {
    const project = await make(name, fresh);
    await run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], { cwd: project, env: environment(await node22()) });
    // When another process was first, its folder is as good.
    await rename(project, folder).catch((error) => {
      if (!existsSync(folder)) throw error;
    });
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
  return folder;
}

/** A text that changes with the create tool and with the files of the starter's folder. */
async function fingerprint(name) {
  const hash = createHash("sha256").update(JSON.stringify(starters[name].create ?? {}));
  const entries = await readdir(own(name), { withFileTypes: true, recursive: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath ?? entry.path, entry.name));
  for (const path of paths.sort()) hash.update(path.slice(own(name).length)).update(await readFile(path));
  return hash.digest("hex").slice(0, 12);
}

/** Makes a project in a folder, without its packages. Returns the project's folder. */
async function make(name, folder) {
  const { create } = starters[name];
  const project = join(folder, name);
  if (create) {
    const program = join(await tool(create.tool, `${create.tool}@${create.version}`), "node_modules/.bin", create.tool);
    await run(program, create.args, { cwd: folder, env: environment(await node22()) });
  }
  await cp(own(name), project, { recursive: true });
  return project;
}

/** Returns a copy of an installed starter, with `remove()`. */
export async function copyOf(name) {
  const from = await installed(name);
  const folder = await mkdtemp(join(from, "..", ".copy-"));
  const project = join(folder, name);
  await copyTree(from, project, false);
  return { project, remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }) };
}

/** Copies a folder. The files of packages are hard links, because nothing writes to them. */
async function copyTree(from, to, packages) {
  await mkdir(to);
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) await copyTree(source, target, packages || entry.name === "node_modules");
    else if (entry.isSymbolicLink()) await symlink(await readlink(source), target);
    else await (packages ? link : cp)(source, target);
  }
}
