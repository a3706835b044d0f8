import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/**
 * Starts a program that drives one of Midtrans' clients. It has the two settings that docs/payments.md gives for its language.
 * @param command the program and its parameters
 * @param env the variables that lead the client to the proxy
 * @returns `ask(request)`, which resolves with `{ value }` or `{ error: { status, message } }`, and `stop()`
 */
export function startClient([command, ...args], env) {
  const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ["pipe", "pipe", "pipe"] });
  let said = "";
  child.stderr.on("data", (text) => {
    said = (said + text).slice(-4000);
  });
  const waiting = [];
  const ended = new Promise((resolve) => {
    const end = (why) => {
      for (const { reject } of waiting.splice(0)) reject(new Error(`${command} ended with ${why}: ${said}`));
      resolve();
    };
    child.once("error", ({ message }) => end(message));
    child.once("exit", end);
  });
  createInterface({ input: child.stdout }).on("line", (line) => waiting.shift()?.resolve(JSON.parse(line)));
  return {
    ask: (request) =>
      new Promise((resolve, reject) => {
        waiting.push({ resolve, reject });
        child.stdin.write(`${JSON.stringify(request)}\n`);
      }),
    async stop() {
      child.stdin.end();
      await ended;
    },
  };
}
