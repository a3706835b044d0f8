import type { MiniAppPage, MiniAppSession } from "@selasar/miniapp-host";
import { tell } from "../said";
import { leavePage, markPage } from "./back";
import { MOST_PAGES, pushed, topKey } from "./stack";
import { keyboard } from "./webview";

/** The open launch, as far as its pages need it. */
interface Shown {
  number: number;
  session: MiniAppSession;
  /** The window of the first page, if it is not in this page. It keeps one page, and opens the others in place. */
  window: Window | undefined;
  /** The path of the visible page. */
  path(): string | undefined;
}

let shown: Shown | undefined;
let count = 0;
/** The pages in their frames, by key. */
const open = new Map<number, MiniAppPage>();
/** The paths below the page in a window of its own. */
const paths: string[] = [];

const TOLD_MS = 6_000;

/** Shows the pages of a launch from now on. Returns a function that stops, and removes them. */
export function showPagesOf(launch: Shown): () => void {
  shown = launch;
  return () => {
    if (shown !== launch) return;
    shown = undefined;
    paths.length = 0;
    pushed.set([]);
  };
}

/** Opens another page above the visible one. The page below it stays alive, and is hidden. */
export function pushPage(path: string): void {
  if (!shown) return;
  if (shown.window) return openInWindow(shown, path);
  if (pushed.get().length >= MOST_PAGES) return tell("tooManyPages", TOLD_MS);
  const key = ++count;
  keyboard.set(null);
  markPage(shown.number, key);
  pushed.change((pages) => [...pages, { key, path }]);
}

/** Closes the page whose document has this number. The first page stays. */
export function popPage(document: number | undefined): void {
  if (shown?.window) return popInWindow(shown.window, shown.session.app.origin);
  const key = keyOf(document);
  if (key === 0) return;
  const visible = key === topKey();
  pushed.change((pages) => pages.filter((one) => one.key !== key));
  if (visible) void leavePage(key);
}

/** Returns the key of the page that has shown a document. A call of no document counts as one of the visible page. */
function keyOf(document: number | undefined): number {
  if (document === undefined) return topKey();
  for (const [key, page] of open) if (page.has(document)) return key;
  return 0;
}

/** Loads a pushed page into its frame. Returns a function that closes it. */
export function openPushed(frame: HTMLIFrameElement, key: number, path: string): () => void {
  const page = shown?.session.openPage({ frame, path });
  if (page) open.set(key, page);
  return () => {
    open.delete(key);
    page?.close();
  };
}

function openInWindow({ window, session, path: now }: Shown, path: string): void {
  paths.push(now() ?? "/");
  window!.location.href = new URL(path, session.app.origin).href;
}

function popInWindow(window: Window, origin: string): void {
  const path = paths.pop();
  if (path !== undefined) window.location.replace(new URL(path, origin).href);
}
