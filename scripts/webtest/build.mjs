import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { imports } from "./files.mjs";

/**
 * Builds the program once for all files of a run, and names it to them in SELASAR_BINARY. This process deletes it at its end.
 * A file that runs alone builds its own (test/support/selasar.mjs).
 */
export function buildFor(files) {
  if (process.env.SELASAR_BINARY || !files.some((file) => imports(file, (name) => name.endsWith("/support/selasar.mjs")))) return;
  const folder = mkdtempSync(join(tmpdir(), "selasar-binary-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, "selasar");
  execFileSync("go", ["build", "-o", path, "./cmd/selasar"], { stdio: "inherit" });
  process.env.SELASAR_BINARY = path;
}
