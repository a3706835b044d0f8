// Checks the packages in their published form with publint and "are the types wrong".
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const packages = ["miniapp-client", "gp-container", "miniapp-host"];

const scratch = await mkdtemp(join(tmpdir(), "selasar-pack-"));
try {
  for (const name of packages) {
    const folder = `internal/webui/sdk/${name}`;
    const { stdout } = await run("npm", ["pack", "--json", "--pack-destination", scratch], { cwd: folder });
    const packed = JSON.parse(stdout);
    const { filename } = Array.isArray(packed) ? packed[0] : Object.values(packed)[0];
    for (const [tool, ...args] of [
      ["publint", folder, "--strict"],
      ["attw", join(scratch, filename), "--format", "table-flipped"],
    ]) {
      const result = await run(`node_modules/.bin/${tool}`, args).catch((error) => error);
      if (result instanceof Error) {
        console.error(`${name}: ${tool} failed\n${result.stdout}${result.stderr}`);
        process.exitCode = 1;
      } else {
        console.log(`${name}: ${tool} ok`);
      }
    }
  }
} finally {
  await rm(scratch, { recursive: true, force: true });
}
