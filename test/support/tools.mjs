// Programs from npm's registry that the tests use, at pinned versions. scripts/tools installs each into a cache folder.
import { execFile } from "node:child_process";
import { delimiter, dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const scripts = fileURLToPath(new URL("../../scripts/", import.meta.url));
const printed = async (name, ...args) => (await run(scripts + name, args, { env: plain(), maxBuffer: 1 << 26 })).stdout.trim();

/** Returns the folder of a tool after its installation. */
export const tool = (name, ...packages) => printed("tools", name, ...packages);

/** Returns the cache folder of all tools. */
export const toolCache = () => printed("tools");

let folder22;

/** Returns the folder of Node 22's program, which newer tools need. */
export const node22 = () => (folder22 ??= printed("node22"));

/** The environment without the settings that `npm test` adds: they would change what another npm does. */
export const plain = () => Object.fromEntries(Object.entries(process.env).filter(([key]) => !/^npm_/i.test(key)));

/** Returns an environment in which `node` is the program of a folder; without a folder, the Node of this process. */
export const under = (folder, env = plain()) => ({ ...env, PATH: (folder ?? dirname(process.execPath)) + delimiter + env.PATH });
