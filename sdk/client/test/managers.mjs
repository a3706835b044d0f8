// The package managers with which the SDK is installed, at pinned versions. scripts/tools installs each into a cache folder.
import { execFile } from "node:child_process";
import { arch, platform } from "node:process";
import { join } from "node:path";
import { promisify } from "node:util";
import { node22, plain, tool, under } from "../../../test/support/tools.mjs";

const run = promisify(execFile);

const npm = (version) => ({
  packages: [`npm@${version}`],
  bin: "npm/bin/npm-cli.js",
  install: ["install", "--no-audit", "--no-fund"],
  add: (name) => ["install", "--no-audit", "--no-fund", name],
  clean: ["ci", "--no-audit", "--no-fund"],
});

const pnpm = (version, bin) => ({
  packages: [`pnpm@${version}`],
  bin,
  install: ["install", "--no-frozen-lockfile"],
  add: (name) => ["add", name],
  clean: ["install", "--frozen-lockfile"],
});

const bun = `@oven/bun-${platform}-${arch === "x64" ? "x64" : "aarch64"}`;

/**
 * How each package manager adds a package, installs what package.json says, and installs from its lock file alone.
 * All of them run under Node 22, which npm 12 needs.
 */
export const managers = {
  "npm 10": npm("10.9.9"),
  "npm 11": npm("11.19.1"),
  "npm 12": npm("12.2.2"),
  "pnpm 10": pnpm("10.34.9", "pnpm/bin/pnpm.cjs"),
  "pnpm 12": pnpm("12.21.0", "pnpm/bin/pnpm.mjs"),
  "yarn 1": {
    packages: ["yarn@1.22.22"],
    bin: "yarn/bin/yarn.js",
    install: ["install", "--no-progress"],
    add: (name) => ["add", name],
    clean: ["install", "--frozen-lockfile", "--no-progress"],
  },
  "yarn 4": {
    packages: ["@yarnpkg/cli-dist@4.18.1"],
    bin: "@yarnpkg/cli-dist/bin/yarn.js",
    lock: "yarn.lock",
    install: ["install", "--no-immutable"],
    add: (name) => ["add", name],
    clean: ["install", "--immutable"],
  },
  "bun 1": {
    packages: [`${bun}@1.4.5`],
    binary: `${bun}/bin/bun`,
    install: ["install"],
    add: (name) => ["add", name],
    clean: ["install", "--frozen-lockfile"],
  },
};

/** No registry: the SDK comes from the scopes' own one. */
const nowhere = "http://127.0.0.1:1/";

/** The environment of a package manager: it has its own settings and its own cache, and reaches only this machine. */
async function environment(name, cache, registry) {
  const kept = Object.fromEntries(Object.entries(plain()).filter(([key]) => !/proxy$/i.test(key)));
  return {
    ...(name ? under(await node22(), kept) : kept),
    CI: "1",
    HOME: cache,
    XDG_CACHE_HOME: cache,
    XDG_DATA_HOME: cache,
    npm_config_cache: join(cache, "npm"),
    npm_config_userconfig: join(cache, "npmrc"),
    npm_config_fetch_retries: "0",
    npm_config_registry: registry,
    npm_config_update_notifier: "false",
    YARN_CACHE_FOLDER: join(cache, "yarn"),
    YARN_REGISTRY: registry,
    YARN_NPM_REGISTRY_SERVER: registry.replace(/\/$/, ""),
    YARN_GLOBAL_FOLDER: join(cache, "yarn-4"),
    YARN_NODE_LINKER: "node-modules",
    YARN_ENABLE_TELEMETRY: "0",
    BUN_INSTALL_CACHE_DIR: join(cache, "bun"),
  };
}

/**
 * Returns a package manager, with a function that runs it in a folder. Without a name, it is the machine's own npm.
 * @param registry the address of the registry for all packages; by default there is none
 */
export async function manager(name, cache, registry = nowhere) {
  const own = name ? managers[name] : npm("own");
  let command = ["npm"];
  if (name) {
    const modules = join(await tool(name.replace(" ", "-"), ...own.packages), "node_modules");
    command = own.binary ? [join(modules, own.binary)] : [join(await node22(), "node"), join(modules, own.bin)];
  }
  const env = await environment(name, cache, registry);
  const [program, ...first] = command;
  const runs = (args, folder) => run(program, [...first, ...args], { cwd: folder, env, timeout: 180_000 });
  return { runs, command, env, ...own };
}
