// The dialogues of spec/vectors/native.json between the SDK in a real WebKit and a native shell around it.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { after, before, describe, test } from "node:test";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { dialogues, runDialogue } from "../bridge/support/dialogue.mjs";
import { openSite } from "../bridge/support/site.mjs";
import { openDisplay } from "../support/browser/webkit.mjs";

let site, display;
before(async () => {
  [site, display] = await Promise.all([openSite(), openDisplay()]);
});
after(async () => {
  await site?.close();
  await display?.close();
});

/** Opens a shell of WebKitGTK. `next(name)` resolves with the next message of a kind. */
async function openShell(kind) {
  const program = fileURLToPath(new URL("shell.py", import.meta.url));
  const env = { ...process.env, DISPLAY: display.name, NO_AT_BRIDGE: "1", GDK_BACKEND: "x11", NO_PROXY: "*", no_proxy: "*" };
  const child = spawn("/usr/bin/python3", [program, kind], { env, stdio: ["pipe", "pipe", "pipe"] });
  const ended = once(child, "exit");
  let errors = "";
  child.stderr.on("data", (text) => {
    errors += text;
  });
  const queues = { said: [], told: [], loaded: [] };
  const waiting = { said: [], told: [], loaded: [] };
  createInterface({ input: child.stdout }).on("line", (line) => {
    const [[name, value]] = Object.entries(JSON.parse(line));
    const resolve = waiting[name].shift();
    if (resolve) resolve(value);
    else queues[name].push(value);
  });
  const crash = ended.then(([code, signal]) => {
    throw new Error(`the shell ended with ${code ?? signal}: ${errors}`);
  });
  crash.catch(() => {}); // it also ends when it is closed
  return {
    queues,
    next: (name) =>
      Promise.race([crash, queues[name].length > 0 ? queues[name].shift() : new Promise((resolve) => waiting[name].push(resolve))]),
    command: (command) => child.stdin.write(`${JSON.stringify(command)}\n`),
    async close() {
      child.stdin.end();
      await ended;
    },
  };
}

for (const [form, kind, as] of [
  ["WKWebView's form, objects", "apple", "object"],
  ["WKWebView's form, text to the page", "apple", "text"],
  ["Android's form", "android", "text"],
]) {
  describe(form, () => {
    let shell;
    before(async () => {
      shell = await openShell(kind);
    });
    after(() => shell?.close());
    const run = (code) => shell.command({ run: code });
    const tell = "(value) => webkit.messageHandlers.told.postMessage(value)";
    const open = async (url) => {
      shell.command({ open: url });
      await shell.next("loaded");
    };

    for (const { name, steps } of dialogues) {
      test(name, async () => {
        await open(site.url("/app.html"));
        await runDialogue(steps, {
          call: (method, args) => run(`sdk.${method}(...${JSON.stringify(args)}).then(${tell}); undefined`),
          said: () => shell.next("said"),
          send: (send) => shell.command({ send, as }),
          result: () => shell.next("told"),
          listen: (event) => run(`sdk.on("${event}", (data) => (${tell})({ name: "${event}", data })); undefined`),
          event: () => shell.next("told"),
          leave: () => open(site.url("/blank.html")),
        });
        const left = steps.some(({ leave }) => leave);
        if (!left) {
          await open(site.url("/blank.html"));
          assert.equal((await shell.next("said")).type, "bye", "the page says no more, until it is left");
        }
        assert.deepEqual(shell.queues, { said: [], told: [], loaded: [] });
      });
    }
  });
}
