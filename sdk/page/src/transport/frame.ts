import { CALL_TIMEOUT, FRAME_NAME, HELLO_WAIT, PROTOCOL, type Hello } from "@selasar/protocol";
import { makeNonce, type Transport } from "./pipe.js";

/**
 * The page is in a frame and its parent may be the host: hello and welcome pass between the windows,
 * everything else passes over the private port that comes with the welcome.
 * @param trusts reports whether an origin may be the host
 */
export const frameTransport = (trusts: (origin: string) => boolean): Transport => ({
  wait: window.name === FRAME_NAME ? CALL_TIMEOUT : HELLO_WAIT,

  open(events) {
    const nonce = makeNonce();

    const listen = ({ data, origin, ports: [port], source }: MessageEvent): void => {
      if (source !== parent || !trusts(origin)) return;
      if (!port || data?.selasar !== PROTOCOL || data.type !== "welcome" || data.nonce !== nonce) return;
      stop();
      const leave = (): void => {
        port.postMessage({ type: "bye" });
        events.lost();
      };
      addEventListener("pagehide", leave);
      port.onmessage = (event) => events.message(event.data);
      port.addEventListener("close", events.lost);
      events.open({
        send: (message) => port.postMessage(message),
        close() {
          removeEventListener("pagehide", leave);
          port.close();
        },
      });
    };
    const stop = (): void => removeEventListener("message", listen);

    addEventListener("message", listen);
    // The host's origin is unknown before its welcome. A hello contains no secret.
    parent.postMessage({ selasar: PROTOCOL, type: "hello", nonce } satisfies Hello, "*");
    return stop;
  },
});
