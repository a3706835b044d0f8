// One compass for the whole page. It runs while it has listeners.
import { call } from "./container";

interface Listener {
  /** Takes the direction in degrees from north. */
  turned(direction: number): void;
  failed(error: unknown): void;
}

const EVENT = "GPMotion.Event.compass";
const listeners = new Set<Listener>();
let running = false;
let switching = false;

/** Adds a listener. Returns the function that removes it. */
export function listenToCompass(listener: Listener): () => void {
  listeners.add(listener);
  void settle();
  return () => {
    listeners.delete(listener);
    void settle();
  };
}

/**
 * Starts or stops the compass until it agrees with the listeners, one call at a time. A component that React's StrictMode
 * mounts, unmounts and mounts again therefore starts it once.
 */
async function settle(): Promise<void> {
  if (switching) return;
  switching = true;
  while (listeners.size > 0 !== running) await (running ? stop() : start());
  switching = false;
}

async function start(): Promise<void> {
  document.addEventListener(EVENT, heard);
  try {
    await call("GPMotion", "startCompass", { interval: "ui" });
    running = true;
  } catch (error) {
    document.removeEventListener(EVENT, heard);
    for (const listener of listeners) listener.failed(error);
    listeners.clear();
  }
}

async function stop(): Promise<void> {
  document.removeEventListener(EVENT, heard);
  running = false;
  await call("GPMotion", "stopCompass").catch((error) => console.warn("The compass did not stop:", error));
}

/** The documentation reads the payload of an event in `param` and in `detail`. */
function heard(event: Event): void {
  const { param, detail } = event as CustomEvent<{ direction: number }> & { param?: { direction: number } };
  const reading = param ?? detail;
  for (const listener of listeners) listener.turned(reading.direction);
}
