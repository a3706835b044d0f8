import { CALL_TIMEOUT, PROTOCOL } from "@selasar/protocol";
import { makeNonce, type Transport } from "./pipe.js";

interface AndroidHost {
  postMessage(json: string): void;
  onmessage: ((event: { data: unknown }) => void) | null;
}

interface WebViewWindow {
  webkit?: { messageHandlers?: { selasar?: { postMessage(message: unknown): void } } };
  selasarReceive?: ((message: unknown) => void) | undefined;
  selasarHost?: AndroidHost;
}

/**
 * The page is in a native shell's WebView: WKWebView's message handler, or Android's injected object.
 * There is no private port, so every message carries the nonce of the hello. A message for the page
 * before a reload carries another nonce and is dropped.
 */
export function webViewTransport(): Transport | undefined {
  const shell = window as WebViewWindow;
  const apple = shell.webkit?.messageHandlers?.selasar;
  const android = shell.selasarHost;
  if (!apple && !android) return undefined;

  const post = (message: object): void => (apple ? apple.postMessage(defined(message)) : android!.postMessage(JSON.stringify(message)));
  const receiver = (receive?: (message: unknown) => void): void => {
    if (apple) shell.selasarReceive = receive;
    else android!.onmessage = receive ? (event) => receive(event.data) : null;
  };

  return {
    wait: CALL_TIMEOUT,

    open(events) {
      const nonce = makeNonce();
      let welcome = false;
      const stop = (): void => {
        removeEventListener("pagehide", leave);
        receiver();
      };
      // A page that comes back from the back/forward cache has lost its host, so its next call says hello again.
      const leave = (): void => {
        if (welcome) post({ type: "bye", nonce });
        stop();
        events.lost();
      };
      addEventListener("pagehide", leave);
      receiver((raw) => {
        const message = parse(raw);
        if (message?.nonce !== nonce) return;
        if (welcome) return events.message(message);
        if (message.selasar !== PROTOCOL || message.type !== "welcome") return;
        welcome = true;
        events.open({ send: (out) => post({ ...out, nonce }), close: stop });
      });
      post({ selasar: PROTOCOL, type: "hello", nonce });
      return stop;
    },
  };
}

/** Leaves out members that are undefined, as JSON does: a shell in Swift would find them as null. */
const defined = (message: object): object => Object.fromEntries(Object.entries(message).filter(([, value]) => value !== undefined));

function parse(raw: unknown): Record<string, unknown> | undefined {
  try {
    return (typeof raw === "string" ? JSON.parse(raw) : raw) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
