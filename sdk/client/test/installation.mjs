// Installs the SDK into projects with one package manager, as the READMEs say, and uses it there.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { manager } from "./managers.mjs";

const run = promisify(execFile);
export const OLD = "@gopay/miniapp-client";
const documented = /http:\/\/(?:localhost|127\.0\.0\.1):7300(?=\/(?:sdk|npm)\/)/g;

/** Returns the fenced blocks of a README with their kinds. The addresses are those of the running Selasar. */
export async function recipes(readme, selasar) {
  const text = (await readFile(readme, "utf8")).replace(documented, selasar.api);
  return [...text.matchAll(/^```(\w+)\n(.*?)^```/gms)].map(([, kind, block]) => ({ kind, text: block.trim() }));
}

/** What the READMEs say to write into the files of a project: a map from a file to its text, for the registry and for overrides. */
export async function documentedFiles(selasar) {
  const own = await recipes("README.md", selasar);
  const client = await recipes("sdk/client/README.md", selasar);
  const block = (blocks, kind, part) => blocks.find((one) => one.kind === kind && one.text.includes(part))?.text;
  return {
    registry: { ".npmrc": block(own, "ini", "registry"), ".yarnrc.yml": block(client, "yaml", "npmScopes") },
    override: {
      "package.json": JSON.parse(block(client, "json", "resolutions")),
      "pnpm-workspace.yaml": block(client, "yaml", "overrides"),
    },
  };
}

/** Two packages of others: one depends on the old package, the other has it as a peer. */
async function others(folder) {
  const specs = { pay: "dependencies", ui: "peerDependencies" };
  const result = {};
  for (const [name, list] of Object.entries(specs)) {
    const source = join(folder, "..", `source-${name}`);
    await mkdir(source, { recursive: true });
    const manifest = { name: `@acme/${name}`, version: "1.0.0", type: "module", exports: "./index.js", [list]: { [OLD]: "^0.3.19" } };
    await writeFile(join(source, "package.json"), JSON.stringify(manifest));
    await writeFile(join(source, "index.js"), `export { default } from "${OLD}";`);
    await run("npm", ["pack", "--pack-destination", folder], { cwd: source });
    result[`@acme/${name}`] = `file:./acme-${name}-1.0.0.tgz`;
  }
  return result;
}

const app = `import A from "${OLD}";
import B from "@acme/pay";
import C from "@acme/ui";
if (A !== B || A !== C) throw new Error("there is more than one copy");
const { error } = await new A().getAuthCode();
console.log(error.code);
`;

const typed = `import MiniAppSDK from "${OLD}";
const result = await new MiniAppSDK().triggerPayment({ deeplink: "gopay://merchanttransfer" });
console.log(result.data.status, result.error?.message);
export {};
`;

/** A scratch folder for the projects of one package manager. */
export async function workshop(name, selasar) {
  const scratch = await mkdtemp(join(tmpdir(), "selasar-install-"));
  const tool = await manager(name, join(scratch, "cache"));
  return {
    /** A project with packages of others, and with further files: a map from a name to a text. */
    async project(title, files = {}) {
      const folder = join(scratch, title, "project");
      await mkdir(folder, { recursive: true });
      const dependencies = await others(folder);
      await writeFile(join(folder, "package.json"), JSON.stringify({ name: "shop", private: true, type: "module", dependencies }, null, 2));
      await writeFile(join(folder, "app.js"), app);
      await writeFile(join(folder, "app.ts"), typed);
      // Yarn 4 takes a folder without a lock file for a part of the project above it.
      if (tool.lock) await writeFile(join(folder, tool.lock), "");
      for (const [file, text] of Object.entries(files)) await writeFile(join(folder, file), `${text}\n`);
      return folder;
    },
    add: (folder) => tool.runs(tool.add(OLD), folder),
    install: (folder) => tool.runs(tool.install, folder),
    /** Installs from the lock file alone, without any cache. */
    async clean(folder) {
      await rm(join(folder, "node_modules"), { recursive: true, force: true });
      await rm(join(scratch, "cache"), { recursive: true, force: true });
      return tool.runs(tool.clean, folder);
    },
    /** Asserts that the project runs with one copy of the SDK, and compiles with --strict. */
    async works(folder) {
      const { stdout } = await run("node", ["app.js"], { cwd: folder });
      assert.equal(stdout.trim(), "100");
      const flags = [
        "--strict",
        "--noEmit",
        "--target",
        "es2022",
        "--module",
        "esnext",
        "--moduleResolution",
        "bundler",
        "--types",
        "",
        "--lib",
        "es2022,dom",
      ];
      const compiled = await run(resolve("node_modules/.bin/tsc"), [...flags, "app.ts"], { cwd: folder }).catch((error) => error);
      assert.equal(compiled.stdout, "", "app.ts compiles");
    },
    async setOverride(folder, { "package.json": members, ...files }) {
      const manifest = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
      await writeFile(join(folder, "package.json"), JSON.stringify({ ...manifest, ...members }, null, 2));
      for (const [file, text] of Object.entries(files)) await writeFile(join(folder, file), `${text}\n`);
    },
    vendor: (folder) => run(selasar.program, ["sdk", "vendor"], { cwd: folder }),
    dependency: async (folder) => JSON.parse(await readFile(join(folder, "package.json"), "utf8")).dependencies[OLD],
    close: () => rm(scratch, { recursive: true, force: true }),
  };
}

/** The promises of the READMEs for one package manager: a map from a title to its test. `files` returns `documentedFiles`. */
export function promises(shop, files) {
  return {
    "installs from the running Selasar, also below other packages, and again from the lock file": async () => {
      const folder = await shop().project("registry", files().registry);
      await shop().add(folder);
      await shop().works(folder);
      await shop().clean(folder);
      await shop().works(folder);
    },
    "installs the vendored archive with Selasar stopped": async () => {
      const folder = await shop().project("vendored");
      await shop().vendor(folder);
      const spec = await shop().dependency(folder);
      assert.equal(spec, "file:vendor/gopay-miniapp-client-0.3.19.tgz");
      await shop().setOverride(folder, files().override);
      await shop().install(folder);
      await shop().works(folder);
      await shop().clean(folder);
      await shop().works(folder);
    },
  };
}
