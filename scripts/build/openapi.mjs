import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { writeVersion } from "./version.mjs";

const run = promisify(execFile);

/** Writes the version into spec/openapi.yaml, and the TypeScript of that document, with the tools of their own lock file. */
export async function buildOpenapi() {
  await writeVersion();
  await run("scripts/install", ["tools/openapi"]);
  const { stdout } = await run(process.execPath, ["tools/openapi/types.mjs", "spec/openapi.yaml", "sdk/protocol/src/openapi.gen.ts"]);
  process.stdout.write(stdout);
}
