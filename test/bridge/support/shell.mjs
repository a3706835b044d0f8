import { Bridge } from "../../../internal/webui/sdk/miniapp-host/dist/miniapp-host.js";

// Both objects accept the values that a real one would: everything that a structured clone, or a string, can carry.
const injected = {
  wkwebview: () => {
    window.webkit = { messageHandlers: { selasar: { postMessage: (message) => window.toShell(structuredClone(message)) } } };
  },
  android: () => {
    window.selasarHost = { onmessage: null, postMessage: (text) => window.toShell(JSON.parse(String(text))) };
  },
};
const deliver = {
  wkwebview: (messages) => messages.forEach((message) => window.selasarReceive?.(message)),
  android: (messages) => messages.forEach((message) => window.selasarHost.onmessage?.({ data: JSON.stringify(message) })),
};

/** A native shell around a page, made of the browser's bindings and the host's bridge. */
export async function openShell(page, kind, driver) {
  let bridge;
  const decisions = [];
  const waiting = [];
  const handler = {
    async call(method, params, control) {
      const outcome = await driver.call(control.name ?? method, params);
      if (!outcome.after) return outcome.result;
      control.waiting();
      const answer = await new Promise((decide) => (waiting.length ? waiting.shift()(decide) : decisions.push(decide)));
      control.resumed();
      return outcome.after(answer);
    },
    capabilities: () => ({
      success: true,
      data: { app_version: "2.10.0", methods: { getLocation: { available: true, min_version: "1.36.0" } } },
      error: null,
    }),
  };
  let outbox = [];
  const send = (message) => {
    if (outbox.push(message) > 1) return;
    setImmediate(() => {
      const messages = outbox;
      outbox = [];
      page.evaluate(deliver[kind], messages).catch(() => {}); // the page may be leaving
    });
  };

  await page.exposeBinding("toShell", (_source, message) => {
    if (message.type === "ping") pinged?.();
    if (message.type !== "hello") return port.get(message.nonce)?.onmessage?.({ data: message });
    bridge?.close();
    const { nonce } = message;
    const mine = { onmessage: null, postMessage: (out) => send({ ...out, nonce }), close: () => port.delete(nonce) };
    port.set(nonce, mine);
    bridge = new Bridge(mine, handler);
    send({ selasar: 1, type: "welcome", nonce, launchId: "launch-1" });
  });
  const port = new Map();
  let pinged;
  await page.addInitScript(injected[kind]);

  return {
    /** Resolves at the page's next ping. */
    nextPing: () => new Promise((resolve) => (pinged = resolve)),
    send,
    /** Sends no more messages. */
    die: () => (outbox = { push: () => 2 }),
    emit: (name, data) => bridge.emit(name, data),
    nextDecision: () => new Promise((resolve) => (decisions.length ? resolve(decisions.shift()) : waiting.push(resolve))),
  };
}
