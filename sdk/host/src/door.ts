import { hasMarker, PROTOCOL, readHello, type Welcome } from "@selasar/protocol";
import type { SessionStats } from "./session.js";

/** The listener for the pages of one launch. */
export interface Door {
  close(): void;
}

/**
 * Waits for the hello of a mini app's page and gives it a private port.
 * It accepts only messages of the given frame's window, and only from the given origin. Other messages are counted
 * and get no answer. A reloaded page says hello again and gets a new port.
 */
export function openDoor(
  frame: HTMLIFrameElement,
  { origin, launchId }: { origin: string; launchId: string },
  stats: SessionStats,
  onPage: (port: MessagePort) => void,
): Door {
  const listen = ({ data, origin: from, source }: MessageEvent): void => {
    if (!hasMarker(data)) return; // other scripts also send window messages
    const page = frame.contentWindow;
    if (!page || source !== page || from !== origin) {
      stats.foreign++;
      return;
    }
    const hello = readHello(data);
    if (!hello) {
      stats.ignored++;
      return;
    }
    const { port1, port2 } = new MessageChannel();
    const welcome: Welcome = { selasar: PROTOCOL, type: "welcome", nonce: hello.nonce, launchId };
    onPage(port1);
    page.postMessage(welcome, origin, [port2]);
  };
  addEventListener("message", listen);
  return { close: () => removeEventListener("message", listen) };
}
