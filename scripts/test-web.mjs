// Runs the tests of the SDKs and of the pages, and tells a flake from a fault.
//
//   node scripts/test-web.mjs                  every file
//   node scripts/test-web.mjs FILE...          these files
//   node scripts/test-web.mjs --timeout=60     bounds each file, in seconds
//
// A browser test file that fails runs once more, alone, at the end. It passes only if it passes then, and the summary
// names it as a defect to fix next. More than two such files fail the run. No other file runs twice.
import { parseArgs } from "node:util";
import { killAll } from "./webtest/child.mjs";
import { buildFor } from "./webtest/build.mjs";
import { testFiles } from "./webtest/files.mjs";
import { FLAKES_ALLOWED, runSuite } from "./webtest/suite.mjs";
import { closingLines } from "./webtest/tally.mjs";

const { values, positionals } = parseArgs({ options: { timeout: { type: "string", default: "900" } }, allowPositionals: true });
const timeout = Number(values.timeout) * 1000;
if (!(timeout > 0)) {
  console.error(`test-web: --timeout takes seconds, not ${values.timeout}`);
  process.exit(2);
}
for (const [name, code] of [
  ["SIGINT", 130],
  ["SIGTERM", 143],
]) {
  process.on(name, () => {
    killAll();
    process.exit(code);
  });
}

const began = performance.now();
const files = positionals.length > 0 ? positionals : testFiles();
buildFor(files);
const { results, flakes, failed } = await runSuite(files, { timeout, ended });
if (failed.length > 0) list(`${failed.length} of ${results.length} files failed:`, failed);
if (flakes.length > 0) list("Defects to fix next: these files passed only when they ran again, alone. Their first run:", flakes);
const tooMany = flakes.length > FLAKES_ALLOWED;
if (tooMany) console.log(`\n✖ ${flakes.length} files needed a second run; at most ${FLAKES_ALLOWED} may`);
console.log(`\n${closingLines(results, performance.now() - began)}`);
process.exitCode = failed.length > 0 || tooMany ? 1 : 0;

function ended({ file, passed, why, text, milliseconds }, again) {
  const time = `${(milliseconds / 1000).toFixed(1)} s`;
  console.log(`\n${passed ? "✔" : "✖"} ${file}${again ? ", again and alone" : ""} (${time})${why ? `: ${why}` : ""}`);
  if (text) console.log(text.replace(/^(?=.)/gm, "  "));
}

function list(title, files) {
  console.log(`\n${title}`);
  for (const { file, why } of files) console.log(`  ${file}: ${why}`);
}
