import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";

/** The dialogues of spec/vectors/native.json between a page in a WebView and its shell: `{ name, steps }`. */
export const { dialogues } = JSON.parse(await readFile(new URL("../../../spec/vectors/native.json", import.meta.url), "utf8"));

const fill = (message, nonce) => JSON.parse(JSON.stringify(message).replaceAll("$nonce", nonce).replaceAll("$other", "another-nonce-1"));

/**
 * Runs the steps of a dialogue with a page. `shell` has `call(method, args)`, `said()` for the page's next message, `send(message)`,
 * `result()` of the call, `listen(name)`, `event()` for the next event, and `leave()`.
 */
export async function runDialogue(steps, shell) {
  let nonce = "";
  const run = {
    call: ({ method, args }) => shell.call(method, args),
    async says(message) {
      const next = await shell.said();
      nonce ||= next.nonce;
      assert.deepEqual(next, fill(message, nonce));
    },
    hears: (message) => shell.send(fill(message, nonce)),
    result: async (value) => assert.deepEqual(await shell.result(), value),
    listen: (name) => shell.listen(name),
    event: async (value) => assert.deepEqual(await shell.event(), value),
    leave: () => shell.leave(),
  };
  for (const step of steps) {
    const [[verb, value]] = Object.entries(step);
    await run[verb](value);
  }
}
