// The dialogues of spec/vectors/native.json with the built SDK, over the three forms of a native shell's messages. The shell's
// objects are this test's: no WebView runs here.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { afterEach, test } from "node:test";
import MiniAppSDK from "../../internal/webui/sdk/miniapp-client/dist/miniapp-client.js";

const { dialogues } = JSON.parse(await readFile(new URL("../../spec/vectors/native.json", import.meta.url), "utf8"));
const realm = Symbol.for("selasar.page.1");
let listeners;

/** Each form takes a function for the page's messages, puts the shell's objects on the window, and returns how the shell sends. */
const forms = {
  "WKWebView, objects": (hear) => {
    globalThis.webkit = { messageHandlers: { selasar: { postMessage: (message) => hear(structuredClone(message)) } } };
    return (message) => globalThis.selasarReceive?.(message);
  },
  "WKWebView, text to the page": (hear) => {
    globalThis.webkit = { messageHandlers: { selasar: { postMessage: (message) => hear(structuredClone(message)) } } };
    return (message) => globalThis.selasarReceive?.(JSON.stringify(message));
  },
  Android: (hear) => {
    globalThis.selasarHost = { onmessage: null, postMessage: (text) => hear(JSON.parse(text)) };
    return (message) => globalThis.selasarHost.onmessage?.({ data: JSON.stringify(message) });
  },
};

function openWindow() {
  listeners = { pagehide: new Set() };
  Object.assign(globalThis, {
    window: globalThis,
    parent: globalThis,
    addEventListener: (name, listener) => listeners[name]?.add(listener),
    removeEventListener: (name, listener) => listeners[name]?.delete(listener),
  });
}
afterEach(() => {
  for (const name of ["window", "parent", "addEventListener", "removeEventListener", "webkit", "selasarReceive", "selasarHost", realm])
    delete globalThis[name];
});

/** Lets the page's promises run. */
const settle = () => new Promise((done) => setImmediate(done));
const fill = (message, nonce) => JSON.parse(JSON.stringify(message).replaceAll("$nonce", nonce).replaceAll("$other", "another-nonce-1"));

for (const [form, install] of Object.entries(forms)) {
  for (const { name, steps } of dialogues) {
    test(`${form}: ${name}`, async () => {
      openWindow();
      const said = [];
      const events = [];
      const send = install((message) => said.push(message));
      const sdk = new MiniAppSDK({ useDummyService: false, timeout: 3_000 }); // its timer keeps the process alive
      let nonce = "";
      let result;
      const run = {
        call: ({ method, args }) => void (result = sdk[method](...args)),
        says: (message) => {
          const next = said.shift();
          nonce ||= next?.nonce;
          assert.deepEqual(next, fill(message, nonce));
        },
        hears: (message) => send(fill(message, nonce)),
        listen: (name) => sdk.on(name, (data) => events.push({ name, data })),
        result: async (value) => assert.deepEqual(await result, value),
        event: (value) => assert.deepEqual(events.shift(), value),
        leave: () => [...listeners.pagehide].forEach((listener) => listener()),
      };
      for (const step of steps) {
        const [[verb, value]] = Object.entries(step);
        await run[verb](value);
        await settle();
      }
      assert.deepEqual([said, events], [[], []], "neither side says more");
    });
  }
}
