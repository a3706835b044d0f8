import { openPushed } from "./pages";
import { listenToPage, listenToPolicy, reporter, type Report } from "./pageside";
import { pushed, topKey, type Pushed } from "./stack";
import { coverBlank } from "./trouble";
import { watchView } from "./webview";

/** The open launch, as far as its frames need it. */
interface Listening {
  number: number;
  /** The mini app's origin. */
  origin: string;
  launchId(): string | undefined;
  /** The visible page is at this path now. */
  at(path: string): void;
}

let listening: (Listening & { report: Report }) | undefined;
/** Where each page is, by its key. */
const paths = new Map<number, string>();

/** Listens to the pages of a launch, of which `frame` has the first. Returns a function that stops. */
export function listenToFrames(frame: HTMLIFrameElement, launch: Listening): () => void {
  const report = reporter(() => launch.launchId());
  listening = { ...launch, report };
  paths.clear();
  const stops = [listenToPolicy(report), listen(frame, 0), pushed.subscribe(tellPath)];
  return () => {
    if (listening?.number === launch.number) listening = undefined;
    for (const stop of stops) stop();
  };
}

/** Loads a pushed page of launch `number` into an empty frame. Returns a function that closes it. */
export function beginPage(frame: HTMLIFrameElement, number: number, { key, path }: Pushed): () => void {
  const stop = listening?.number === number ? listen(frame, key) : undefined;
  const close = openPushed(frame, key, path);
  return () => {
    stop?.();
    close();
    paths.delete(key);
  };
}

/** Listens to the page with this key. Returns a function that stops. */
function listen(frame: HTMLIFrameElement, key: number): () => void {
  const { origin, launchId, report } = listening!;
  const isBelow = () => topKey() !== key;
  const at = (path: string) => {
    paths.set(key, path);
    tellPath();
  };
  const stopPage = listenToPage(frame, origin, { at, blank: coverBlank, report });
  const stopView = watchView({ window: () => frame.contentWindow, origin, launchId, isBelow });
  return () => {
    stopPage();
    stopView();
  };
}

function tellPath(): void {
  const path = paths.get(topKey());
  if (path !== undefined) listening?.at(path);
}
