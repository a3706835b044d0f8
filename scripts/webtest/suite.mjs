import { runFile } from "./child.mjs";
import { drivesBrowser } from "./files.mjs";

/** The number of files that run in parallel: each drives a browser and a server. */
const WORKERS = 2;
/** The number of files that may need a second run before the suite fails. */
export const FLAKES_ALLOWED = 2;

/**
 * Runs the files, then each browser file that failed once more, alone. Calls `ended(result, again)` after each run.
 * @returns `{ results, flakes, failed }`: one result for each file, from its second run if it has one
 */
export async function runSuite(files, { timeout, ended }) {
  const first = await runAll(files, timeout, ended);
  const results = [];
  const flakes = [];
  for (const result of first) {
    if (result.passed || !drivesBrowser(result.file)) {
      results.push(result);
      continue;
    }
    const second = await runFile(result.file, timeout);
    ended(second, true);
    results.push(second);
    if (second.passed) flakes.push(result);
  }
  return { results, flakes, failed: results.filter(({ passed }) => !passed) };
}

async function runAll(files, timeout, ended) {
  const results = new Array(files.length);
  let next = 0;
  const work = async () => {
    while (next < files.length) {
      const mine = next++;
      results[mine] = await runFile(files[mine], timeout);
      ended(results[mine], false);
    }
  };
  await Promise.all(Array.from({ length: WORKERS }, work));
  return results;
}
