const LINE = /^ℹ (tests|suites|pass|fail|cancelled|skipped|todo|duration_ms) ([\d.]+)$/;

/** The names in the closing lines of node's test runner, in its order. */
const KINDS = ["tests", "suites", "pass", "fail", "cancelled", "skipped", "todo"];

/**
 * Cuts the closing lines off a test file's output.
 * @returns `{ text, counts }`; `counts` is null when the file ended without closing lines.
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

/** Returns a file's counts for the total. A file that failed without a failed test counts as one more failed test. */
export function countsOf({ counts, passed }) {
  const own = counts ?? Object.fromEntries(KINDS.map((kind) => [kind, 0]));
  if (passed || own.fail + own.cancelled > 0) return own;
  return { ...own, tests: own.tests + 1, fail: own.fail + 1 };
}

/** Returns the closing lines of the whole run, in the format of node's test runner. */
export function closingLines(results, milliseconds) {
  const all = results.map(countsOf);
  const sum = (kind) => all.reduce((total, counts) => total + counts[kind], 0);
  return [...KINDS.map((kind) => `ℹ ${kind} ${sum(kind)}`), `ℹ duration_ms ${Math.round(milliseconds)}`].join("\n");
}
