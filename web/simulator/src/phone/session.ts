import {
  openMiniApp,
  HostError,
  type LaunchEvent,
  type LaunchState,
  type MiniApp,
  type MiniAppSession,
  type PageState,
} from "@selasar/miniapp-host";
import { tell } from "../said";
import { createStore } from "@selasar/ui/store";
import { applyEffect, clearEffects } from "../effect/effects";
import { listenForBack, markLaunch, markScreen } from "./back";
import { destination, shade } from "./over";
import { listenToFrames } from "./frames";
import { checkReached, prepare } from "./pageside";
import { showPagesOf } from "./pages";
import { keepOpen } from "./reopen";
import { dismiss, sheet, show } from "./sheet";
import { settleTrouble, watchTrouble } from "./trouble";

/** The content of the phone's screen. */
export type Screen = { at: "home" } | { at: "history" } | Launch;

export interface Launch {
  at: "launch";
  /** The number of the launch in this page; a new number creates a new frame. */
  number: number;
  state: LaunchState | "opening" | "failed";
  reason?: string | undefined;
  /** Selasar's stable code of the error that prevented the launch. */
  code?: string | undefined;
  /** Opened although the phone is offline, like a page from a cache. */
  anyway: boolean;
  /** The page of the mini app to open instead of its entry. */
  path?: string | undefined;
  /** The window of the page, if it has its own. */
  window?: Window | undefined;
  /** The last state of the page in the frame. */
  page: "blank" | PageState;
  app?: MiniApp;
  id?: string;
}

export const screen = createStore<Screen>({ at: "home" });

let count = 0;

/** Puts a new launch on the screen; its frame starts the launch when it is inserted. */
export function launch(anyway = false, path?: string): void {
  destination.set(null);
  screen.set({ at: "launch", number: ++count, state: "opening", page: "blank", anyway, path });
}

/** Opens the mini app in a window of its own, where its page is at the top. */
export function openTopPage(): void {
  const page = window.open("", "_blank");
  if (!page) return tell("noWindow", TOLD_MS);
  destination.set(null);
  screen.set({ at: "launch", number: ++count, state: "opening", page: "blank", anyway: true, window: page });
}

export function goHome(): void {
  destination.set(null);
  screen.set({ at: "home" });
}

export function showHistory(): void {
  markScreen();
  screen.set({ at: "history" });
}

function change(number: number, part: Partial<Launch>): void {
  screen.change((now) => (now.at === "launch" && now.number === number ? { ...now, ...part } : now));
}

const pathNow = (): string | undefined => {
  const now = screen.get();
  return now.at === "launch" ? now.path : undefined;
};

/** Starts launch `number` in an empty frame. Returns a function that ends it. */
export function begin(frame: HTMLIFrameElement, number: number): () => void {
  let session: MiniAppSession | undefined;
  let stop: (() => void) | undefined;
  let stopPages: (() => void) | undefined;
  let over = false;
  markLaunch(number);
  clearEffects();
  watchTrouble(number);
  const now = screen.get();
  const path = now.at === "launch" ? now.path : undefined;
  const launchId = () => session?.launchId;
  const start = async (): Promise<void> => {
    const opening = await prepare();
    if (over) return;
    let loads = 0;
    if (opening) {
      stop = listenToFrames(frame, { number, origin: opening.origin, launchId, at: (path) => change(number, { path }) });
    }
    session = await openMiniApp({
      api: "",
      frame,
      ...(path === undefined ? {} : { path }),
      // A launch that was left before it was created shows no ask: it is closed as soon as it exists.
      onAsk: (ask, signal) => (over ? new Promise(() => {}) : show(ask, signal, number, (picture) => session!.upload(picture))),
      onState: (state, ending) => change(number, { state, reason: ending?.message }),
      onPage: (page) => {
        if (page !== "gone") settleTrouble(page);
        if (page === "loaded" && loads++ === 0 && opening) void checkReached(opening, session?.launchId);
        change(number, { page });
      },
      onEvent: (event) => {
        explain(event);
        applyEffect(event);
      },
    });
    if (over) return void session.close();
    stopPages = showPagesOf({ number, session, window: now.at === "launch" ? now.window : undefined, path: pathNow });
    change(number, { app: session.app, id: session.launchId, state: session.state, reason: session.ending?.message });
  };
  start().catch((error: unknown) =>
    change(number, { state: "failed", reason: reasonOf(error), code: error instanceof HostError ? error.code : undefined }),
  );
  return () => {
    over = true;
    stop?.();
    stopPages?.();
    sheet.set(null);
    clearEffects();
    void session?.close();
  };
}

const TOLD_MS = 6_000;

/** Announces why a payment's sheet closed without an answer. */
function explain(event: LaunchEvent): void {
  const ask = sheet.get()?.ask;
  if (event.name !== "ask_closed" || ask?.id !== event.data.ask_id || ask.kind !== "payment") return;
  if (event.data.reason === "payment_cancelled") tell("sheetCancelled", TOLD_MS);
  else if (event.data.reason === "deadline") tell(ask.expires_at < ask.payment.expires_at ? "sheetUnanswered" : "sheetExpired", TOLD_MS);
}

function reasonOf(error: unknown): string {
  if (error instanceof HostError && error.code === "unreachable") return "";
  return error instanceof Error ? error.message : String(error);
}

screen.subscribe(() => {
  const now = screen.get();
  keepOpen(now.at === "launch" ? { path: now.path } : undefined);
});

listenForBack({
  launch: () => {
    const now = screen.get();
    return now.at === "launch" ? now.number : null;
  },
  dismiss() {
    if (dismiss()) return true;
    if (shade.get()) {
      shade.set(false);
      return true;
    }
    if (!destination.get()) return false;
    destination.set(null);
    return true;
  },
  leave: goHome,
});
