import { spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { readOutput } from "./tally.mjs";

/** The time that a test file has to close its browsers after SIGTERM, in ms. */
const GRACE = 5_000;
/** The time that the output may stay open after the file has ended, in ms: a process outside its group may hold it. */
const REST = 2_000;

const running = new Set();

/** Ends every running test file, when the runner itself is ended. */
export function killAll() {
  for (const child of running) signal(child, "SIGKILL");
}

/**
 * Runs one test file in a separate process group, which ends within `timeout` ms.
 * @returns `{ file, passed, why, text, counts, milliseconds }`
 */
export async function runFile(file, timeout) {
  const began = performance.now();
  const child = start(file);
  const output = [];
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => output.push(text));
  const closed = new Promise((resolve) => child.once("close", resolve));
  const bound = limit(child, timeout);
  const [code, killedBy] = await new Promise((resolve) => {
    child.once("error", (error) => resolve([error.message, null]));
    child.once("exit", (...end) => resolve(end));
  });
  bound.clear();
  // Ends the processes that the file left running, and reads the rest of its output.
  signal(child, "SIGKILL");
  await Promise.race([closed, sleep(REST, undefined, { ref: false })]);
  running.delete(child);
  const { text, counts } = readOutput(output.join(""));
  const why = bound.passed() ? `still running after ${timeout / 1000} s` : reason(code, killedBy, counts);
  return { file, passed: why === "", why, text, counts, milliseconds: performance.now() - began };
}

function start(file) {
  const env = { ...process.env, NO_COLOR: "1" };
  delete env.FORCE_COLOR;
  // Set when this runner is itself under test: without the deletion, the file would report to a parent that does not read.
  delete env.NODE_TEST_CONTEXT;
  const child = spawn(process.execPath, ["--test-reporter=spec", file], { env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  running.add(child);
  return child;
}

/** SIGTERM at the time-out, so that Playwright closes its browsers, then SIGKILL. */
function limit(child, timeout) {
  let passed = false;
  let kill;
  const term = setTimeout(() => {
    passed = true;
    signal(child, "SIGTERM");
    kill = setTimeout(signal, GRACE, child, "SIGKILL");
  }, timeout);
  return {
    passed: () => passed,
    clear() {
      clearTimeout(term);
      clearTimeout(kill);
    },
  };
}

function signal(child, name) {
  try {
    process.kill(-child.pid, name);
  } catch {
    // The group has ended.
  }
}

/** Returns why a file failed, or "" when it passed. */
function reason(code, killedBy, counts) {
  if (killedBy) return `killed by ${killedBy}`;
  const failed = (counts?.fail ?? 0) + (counts?.cancelled ?? 0);
  if (failed > 0) return `${failed} of ${counts.tests} tests failed`;
  if (code !== 0) return `ended with exit code ${code}`;
  if (!counts) return "ended before its tests did";
  return counts.tests === 0 ? "has no test" : "";
}
