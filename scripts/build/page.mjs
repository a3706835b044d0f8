import { build } from "esbuild";
import { existsSync } from "node:fs";
import { copyFile, mkdir, readdir, rm } from "node:fs/promises";
import { writeErrors } from "./errors.mjs";
import { writeNotices } from "./notices.mjs";
import { report } from "./report.mjs";

const browsers = ["chrome100", "safari15.4", "firefox100"];

/** The workspace's own packages, read from their sources. */
const sources = {
  "@selasar/miniapp-client": "./sdk/client/src/index.ts",
  "@selasar/miniapp-host": "./sdk/host/src/index.ts",
  "@selasar/protocol": "./sdk/protocol/src/index.ts",
  "@selasar/ui": "./web/ui/src",
};

/**
 * Builds a page into internal/webui/NAME: web/NAME/src/main.tsx and the style sheets it imports become app.js and
 * app.css. An optional src/early.ts becomes the blocking script early.js. index.html and the pictures next to it are copied.
 */
export async function buildPage(name) {
  const from = `web/${name}`;
  const out = `internal/webui/${name}`;
  await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });

  const common = {
    outdir: out,
    bundle: true,
    minify: true,
    target: browsers,
    charset: "utf8",
    legalComments: "none",
    alias: sources,
    loader: { ".svg": "text" },
    metafile: true,
    logLevel: "warning",
  };
  const page = await build({
    ...common,
    entryPoints: { app: `${from}/src/main.tsx` },
    format: "esm",
    jsx: "automatic",
    jsxImportSource: "preact",
    define: { "process.env.NODE_ENV": '"production"' },
  });
  const outputs = Object.keys(page.metafile.outputs);
  if (existsSync(`${from}/src/early.ts`)) {
    const early = await build({ ...common, entryPoints: { early: `${from}/src/early.ts` }, format: "iife" });
    outputs.push(...Object.keys(early.metafile.outputs));
  }
  for (const file of await readdir(from)) {
    if (/\.(html|svg|png|ico|webmanifest)$/.test(file)) await copyFile(`${from}/${file}`, `${out}/${file}`);
  }
  await writeNotices(page.metafile, `${out}/NOTICES.txt`);
  if (name === "simulator") await writeErrors(`${out}/errors.html`);
  await report(name, outputs);
}
