// The package managers with which the SDK is installed, at pinned versions. scripts/tools installs each into a cache folder.
import { execFile } from "node:child_process";
import { arch, platform } from "node:process";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const tools = resolve("scripts/tools");

/** Returns the folder of a tool after its installation. */
export const tool = async (name, ...packages) => (await run(tools, [name, ...packages], { maxBuffer: 1 << 26 })).stdout.trim();

/** The Node that new tools need, from npm's registry. Returns the folder of its program. */
export async function node22() {
  const name = `node-${platform === "win32" ? "win" : platform}-${arch}`;
  return join(await tool("node-22", `${name}@22.23.5`), "node_modules", name, "bin");
}

const npm = (version) => ({
  packages: [`npm@${version}`],
  bin: "npm/bin/npm-cli.js",
  install: ["install", "--no-audit", "--no-fund"],
  add: (name) => ["install", "--no-audit", "--no-fund", name],
  clean: ["ci", "--no-audit", "--no-fund"],
});

/** How each package manager adds a package, installs what package.json says, and installs from its lock file alone. */
export const managers = {
  "npm 10": npm("10.9.9"),
  "npm 11": npm("11.19.1"),
  "npm 12": npm("12.2.2"),
  "pnpm 10": {
    packages: ["pnpm@10.34.9"],
    bin: "pnpm/bin/pnpm.cjs",
    install: ["install", "--no-frozen-lockfile"],
    add: (name) => ["add", name],
    clean: ["install", "--frozen-lockfile"],
  },
  "yarn 1": {
    packages: ["yarn@1.22.22"],
    bin: "yarn/bin/yarn.js",
    install: ["install", "--no-progress"],
    add: (name) => ["add", name],
    clean: ["install", "--frozen-lockfile", "--no-progress"],
  },
  "bun 1": {
    packages: [`@oven/bun-${platform}-${arch === "x64" ? "x64" : "aarch64"}@1.4.5`],
    binary: `@oven/bun-${platform}-${arch === "x64" ? "x64" : "aarch64"}/bin/bun`,
    install: ["install"],
    add: (name) => ["add", name],
    clean: ["install", "--frozen-lockfile"],
  },
};

/**
 * Returns a function that runs a package manager in a folder without the developer's own settings. Only this machine is
 * reachable. Without a name, it is the machine's own npm.
 */
export async function manager(name, cache) {
  const own = name ? managers[name] : { ...npm("own"), command: ["npm"] };
  let command = own.command;
  if (!command) {
    const modules = join(await tool(name.replace(" ", "-"), ...own.packages), "node_modules");
    command = own.binary ? [join(modules, own.binary)] : [process.execPath, join(modules, own.bin)];
  }
  const kept = Object.entries(process.env).filter(([key]) => !/^npm_|proxy$/i.test(key));
  const env = {
    ...Object.fromEntries(kept),
    CI: "1",
    HOME: cache,
    XDG_CACHE_HOME: cache,
    XDG_DATA_HOME: cache,
    npm_config_cache: join(cache, "npm"),
    npm_config_userconfig: join(cache, "npmrc"),
    npm_config_fetch_retries: "0",
    npm_config_registry: "http://127.0.0.1:1/",
    YARN_CACHE_FOLDER: join(cache, "yarn"),
    YARN_REGISTRY: "http://127.0.0.1:1/",
    BUN_INSTALL_CACHE_DIR: join(cache, "bun"),
  };
  const [program, ...first] = command;
  const runs = (args, folder) => run(program, [...first, ...args], { cwd: folder, env, timeout: 180_000 });
  return { runs, ...own };
}
