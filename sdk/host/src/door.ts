import { hasMarker, PROTOCOL, readHello, type Welcome } from "@selasar/protocol";
import type { SessionStats } from "./session.js";

/** Where the pages of one launch come in. */
export interface Door {
  close(): void;
}

/**
 * Listens for the hello of a mini app's page and gives it a private port.
 * Only the given frame's window is heard, and only while it shows the given origin; everything else is counted
 * and gets no answer. A page that says hello again (it was reloaded) gets a new port.
 */
export function openDoor(
  frame: HTMLIFrameElement,
  { origin, launchId }: { origin: string; launchId: string },
  stats: SessionStats,
  onPage: (port: MessagePort) => void,
): Door {
  const listen = ({ data, origin: from, source }: MessageEvent): void => {
    if (!hasMarker(data)) return; // not ours: other scripts talk over windows too
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
