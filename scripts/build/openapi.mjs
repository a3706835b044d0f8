import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Writes the TypeScript of spec/openapi.yaml, with the tools of their own lock file. */
export async function buildOpenapi() {
  await run("scripts/install", ["tools/openapi"]);
  const { stdout } = await run(process.execPath, ["tools/openapi/types.mjs", "spec/openapi.yaml", "sdk/protocol/src/openapi.gen.ts"]);
  process.stdout.write(stdout);
}
