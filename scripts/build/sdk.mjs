import { build } from "esbuild";
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { declarations } from "./declarations.mjs";
import { report } from "./report.mjs";
import { version } from "./version.mjs";

/** The oldest supported browsers: Android System WebView 80 and iOS 13.4. */
const pages = ["es2020"];
const hosts = ["chrome100", "safari15.4", "firefox100"];

const banner = "/*! Selasar, Apache-2.0 */";

const common = {
  bundle: true,
  minify: true,
  charset: "utf8",
  legalComments: "none",
  banner: { js: banner },
  mangleProps: /^_[a-z]/,
  define: { "process.env.NODE_ENV": '"production"' },
  logLevel: "warning",
};

/** Writes the manifest, with the project's version, README and licence of a package to internal/webui/sdk. */
async function begin(name, folder) {
  const out = `internal/webui/sdk/${name}`;
  await rm(out, { recursive: true, force: true });
  await mkdir(`${out}/dist`, { recursive: true });
  const manifest = await readFile(`${folder}/package.json`, "utf8");
  await writeFile(`${out}/package.json`, manifest.replace(/^ {2}"version": "0\.0\.0",$/m, `  "version": "${await version()}",`));
  await cp(`${folder}/README.md`, `${out}/README.md`);
  await cp("LICENSE", `${out}/LICENSE`);
  return `${out}/dist`;
}

async function types(entry, path) {
  const text = await declarations(entry);
  await writeFile(`${path}.d.ts`, text);
  await writeFile(`${path}.d.cts`, text);
}

/** Replaces the dummy in the bundle by the URL of its file. */
const dummyApart = (file) => ({
  name: "dummy-apart",
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/dummy\/index\.js$/ }, () => ({ path: file, external: true }));
  },
});

/** Loads the dummy from the folder of the script. */
const dummyBesideScript = {
  name: "dummy-beside-script",
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/dummy-file\.js$/ }, ({ resolveDir }) => ({ path: `${resolveDir}/dummy-file.umd.ts` }));
  },
};

/** Exports for Node's require, for AMD's define, or as a global. */
const umd = (name) => ({
  banner: {
    js:
      `${banner}\n(function(r,f){typeof exports==="object"&&typeof module!=="undefined"?module.exports=f():` +
      `typeof define==="function"&&define.amd?define([],f):r.${name}=f()})(typeof self!=="undefined"?self:this,function(){`,
  },
  footer: { js: `return __umd.default});` },
  globalName: "__umd",
  format: "iife",
});

/** Builds `@selasar/miniapp-client`. */
export async function buildClient() {
  const dist = await begin("miniapp-client", "sdk/client");
  const path = `${dist}/miniapp-client`;
  const from = { ...common, target: pages };
  const require = { format: "cjs", supported: { "dynamic-import": false } };
  const dummy = { ...from, entryPoints: ["sdk/client/src/dummy/index.ts"] };
  const main = { ...from, entryPoints: ["sdk/client/src/index.ts"] };

  await build({ ...dummy, format: "esm", outfile: `${path}.dummy.js` });
  await build({ ...dummy, format: "cjs", outfile: `${path}.dummy.cjs` });
  await build({ ...main, format: "esm", outfile: `${path}.js`, plugins: [dummyApart("./miniapp-client.dummy.js")] });
  await build({ ...main, ...require, outfile: `${path}.cjs`, plugins: [dummyApart("./miniapp-client.dummy.cjs")] });
  await build({
    ...from,
    ...umd("MiniAppSDK"),
    entryPoints: ["sdk/client/src/umd.ts"],
    outfile: `${path}.umd.js`,
    plugins: [dummyBesideScript],
  });
  await types("sdk/client/src/index.ts", path);
  await report("miniapp-client", [`${path}.js`, `${path}.cjs`, `${path}.umd.js`, `${path}.dummy.js`]);
}

/** Builds `@selasar/gp-container`. */
export async function buildContainer() {
  const dist = await begin("gp-container", "sdk/container");
  const path = `${dist}/gp-container`;
  const from = { ...common, target: pages };
  const main = { ...from, entryPoints: ["sdk/container/src/index.ts"] };
  await build({ ...main, format: "esm", outfile: `${path}.js` });
  await build({ ...main, format: "cjs", outfile: `${path}.cjs` });
  await build({ ...from, entryPoints: ["sdk/container/src/script.ts"], format: "iife", outfile: `${path}.min.js` });
  await types("sdk/container/src/index.ts", path);
  await report("gp-container", [`${path}.js`, `${path}.cjs`, `${path}.min.js`]);
}

/** Builds `@selasar/miniapp-host`. */
export async function buildHost() {
  const dist = await begin("miniapp-host", "sdk/host");
  const path = `${dist}/miniapp-host`;
  const from = { ...common, target: hosts, entryPoints: ["sdk/host/src/index.ts"] };
  await build({ ...from, format: "esm", outfile: `${path}.js` });
  await build({ ...from, format: "cjs", outfile: `${path}.cjs` });
  await types("sdk/host/src/index.ts", path);
  await report("miniapp-host", [`${path}.js`, `${path}.cjs`]);
}
