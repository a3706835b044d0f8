// The dialogues of spec/vectors/native.json with the built SDK, over the three forms of a native shell's messages. The shell's
// objects are this test's; test/browsers/native.test.mjs runs the same in a WebView.
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import MiniAppSDK from "../../internal/webui/sdk/miniapp-client/dist/miniapp-client.js";
import { dialogues, runDialogue } from "./support/dialogue.mjs";

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
for (const [form, install] of Object.entries(forms)) {
  for (const { name, steps } of dialogues) {
    test(`${form}: ${name}`, async () => {
      openWindow();
      const said = [];
      const events = [];
      const send = install((message) => said.push(message));
      const sdk = new MiniAppSDK({ useDummyService: false, timeout: 1_500 }); // its timer keeps the process alive
      let result;
      /** Takes the next entry of a list, after the page's promises have run. */
      const next = async (list) => {
        await settle();
        return list.shift();
      };
      await runDialogue(steps, {
        call: (method, args) => void (result = sdk[method](...args)),
        said: () => next(said),
        send,
        result: () => result,
        listen: (name) => sdk.on(name, (data) => events.push({ name, data })),
        event: () => next(events),
        leave: () => [...listeners.pagehide].forEach((listener) => listener()),
      });
      await settle();
      assert.deepEqual([said, events], [[], []], "neither side says more");
    });
  }
}
