#!/usr/bin/env node
// Runs the program from the package of this platform, which npm installs as an optional dependency.
const { spawn } = require("node:child_process");
const { accessSync, constants: modes } = require("node:fs");
const { constants } = require("node:os");
const { dirname, join } = require("node:path");
const { version } = require("../package.json");

// internal/release/platform.go has the same list.
const platforms = ["linux-x64", "linux-arm64", "darwin-x64", "darwin-arm64", "win32-x64"];

const platform = `${process.platform}-${process.arch}`;
const packageName = `@selasar/cli-${platform}`;
const args = process.argv.slice(2);

function fail(sentence) {
  console.error(`selasar: ${sentence}`);
  process.exit(1);
}

/** Returns the path of the program. */
function find() {
  if (!platforms.includes(platform)) {
    fail(
      `there is no program for ${platform}, only for ${platforms.join(", ")}. With Go, build it from its sources: go build ./cmd/selasar`,
    );
  }
  let folder;
  try {
    folder = dirname(require.resolve(`${packageName}/package.json`));
  } catch {
    fail(
      `the package ${packageName}, which has the program for this machine, is not installed. ` +
        "Likely causes are --omit=optional (or --no-optional), and a lock file or node_modules from another platform. " +
        `This command installs it: npm install --no-save ${packageName}@${version}`,
    );
  }
  const program = join(folder, process.platform === "win32" ? "selasar.exe" : "selasar");
  try {
    accessSync(program, modes.X_OK);
  } catch (error) {
    cannotRun(program, error);
  }
  return program;
}

function cannotRun(program, error) {
  fail(`${program} cannot be run: ${error.message}. This command installs it again: npm install --no-save ${packageName}@${version}`);
}

/** Runs the program as a child, with the same streams, and ends with its exit code. */
function run(program) {
  const child = spawn(program, args, { stdio: "inherit" });
  if (process.env.npm_config_user_agent) endWithParent(child);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("error", (error) => cannotRun(program, error));
  child.on("exit", (code, signal) => process.exit(signal ? 128 + constants.signals[signal] : code));
}

/** Ends the program when npx's shell is gone: npx passes a signal to the shell, which may end without passing it on. */
function endWithParent(child) {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    child.kill("SIGTERM");
  }, 250);
}

const program = find();
if (process.execve && process.platform !== "win32") {
  // The program takes the place of this process, so signals, streams and exit codes need no help.
  process.execve(program, [program, ...args], process.env);
} else {
  run(program);
}
