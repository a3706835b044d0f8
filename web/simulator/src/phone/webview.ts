import { createStore } from "@selasar/ui/store";
import { control } from "../control/api";
import { log, logVersion, state } from "../control/live";
import { allPages } from "./pageside";
import { pushed } from "./stack";

/**
 * The simulator's side of the WebView's script in the mini app's documents (`internal/dev/webview/page`). It covers a window of
 * the mini app: the frame, or a page of its own.
 */
export interface Page {
  /** The window, while it exists. */
  window(): Window | null | undefined;
  origin: string;
  launchId(): string | undefined;
  /** Reports whether another page of the launch is above this one. */
  isBelow(): boolean;
}

/** The keyboard over the mini app's frame, while there is one. */
export const keyboard = createStore<{ pan: number } | null>(null);

/** The most rows that one launch adds to the journal. */
const MOST = 50;

interface Refusal {
  reason: "download_refused" | "window_refused" | "clipboard_refused";
  feature: string;
  target?: string;
  error?: string;
}

/** Listens to the WebView's script in a page. Returns a function that stops. */
export function watchView(page: Page): () => void {
  let rows = 0;
  const send = (message: object) => {
    for (const one of allPages(page.window())) one.postMessage({ ...message, selasarView: 1 }, "*");
  };
  const hidden = () => state.get()?.device.background === true || page.isBelow();
  const heard = ({ data, origin, source }: MessageEvent) => {
    if (origin !== page.origin || data?.selasarView !== 1 || !allPages(page.window()).includes(source as Window)) return;
    switch (data.type) {
      case "here":
        return send({ hidden: hidden() });
      case "keyboard":
        return page.isBelow() ? undefined : openKeyboard(data.open === true);
      case "pan":
        return keyboard.change((now) => now && { pan: Number(data.by) || 0 });
      case "refused":
        if (rows++ < MOST) report(page, data);
    }
  };
  let was = hidden();
  const follow = () => {
    if (hidden() !== was) send({ hidden: (was = hidden()) });
  };
  let seen = log.last;
  const look = () => {
    const from = seen;
    seen = Math.max(seen, log.last);
    const killed = log.rows.some(({ entry }) => entry.seq > from && entry.event === "page.killed");
    if (killed) send({ kill: true });
  };
  addEventListener("message", heard);
  const stops = [state.subscribe(follow), pushed.subscribe(follow), logVersion.subscribe(look)];
  return () => {
    removeEventListener("message", heard);
    for (const stop of stops) stop();
    keyboard.set(null);
  };
}

function report(page: Page, data: Refusal): void {
  const text = (value: unknown) => (value === undefined ? {} : String(value).slice(0, 200));
  const id = page.launchId();
  const refusal = { reason: data.reason, feature: String(data.feature).slice(0, 100) };
  control
    .reportPage({
      ...refusal,
      ...(data.target !== undefined && { target: text(data.target) as string }),
      ...(data.error !== undefined && { error: text(data.error) as string }),
      ...(id !== undefined && { launch_id: id }),
    })
    .catch(() => undefined);
}

function openKeyboard(open: boolean): void {
  const device = state.get()?.device;
  if (!open) keyboard.set(null);
  else if (device?.keyboard && !keyboard.get()) keyboard.set({ pan: 0 });
}

/** Tells the pages of a frame how much of them the keyboard covers, in pixels. */
export function tellKeyboard(frame: HTMLIFrameElement, height: number): void {
  for (const one of allPages(frame.contentWindow)) one.postMessage({ keyboard: height, selasarView: 1 }, "*");
}
