const LINE = /^ℹ (tests|suites|pass|fail|cancelled|skipped|todo|duration_ms) ([\d.]+)$/;

/** The lines that node's test runner closes with, in its order. */
const KINDS = ["tests", "suites", "pass", "fail", "cancelled", "skipped", "todo"];

/**
 * Takes the closing lines out of a test file's output.
 * @returns `{ text, counts }`; `counts` is null when the file ended before it could close.
 */
export function readOutput(output) {
  const counts = {};
  const rest = output.split("\n").filter((line) => {
    const [, kind, number] = LINE.exec(line) ?? [];
    if (kind) counts[kind] = Number(number);
    return !kind;
  });
  return { text: rest.join("\n").trim(), counts: KINDS.every((kind) => kind in counts) ? counts : null };
}

/** What one file adds to the total. A file that failed without a failed test counts as one more test, which failed. */
export function countsOf({ counts, passed }) {
  const own = counts ?? Object.fromEntries(KINDS.map((kind) => [kind, 0]));
  if (passed || own.fail + own.cancelled > 0) return own;
  return { ...own, tests: own.tests + 1, fail: own.fail + 1 };
}

/** The closing lines of the whole run, in the form of node's test runner. */
export function closingLines(results, milliseconds) {
  const all = results.map(countsOf);
  const sum = (kind) => all.reduce((total, counts) => total + counts[kind], 0);
  return [...KINDS.map((kind) => `ℹ ${kind} ${sum(kind)}`), `ℹ duration_ms ${Math.round(milliseconds)}`].join("\n");
}
