import type { Entry, Kind } from "../journal/entry";
import { JournalLog } from "../journal/log";
import { settings } from "@selasar/ui/settings";
import { createStore } from "@selasar/ui/store";
import type { Language } from "@selasar/ui/text/text";
import { control } from "./api";
import type { State } from "./shapes";

/** Whether the page hears the server: first contact, hearing it, or gone (the page keeps trying). */
export type Link = "connecting" | "live" | "gone";

export const link = createStore<Link>("connecting");
export const state = createStore<State | null>(null);
export const log = new JournalLog();
/** Goes up, at most once a frame, when the log has changed. */
export const logVersion = createStore(0);
/** Server clock minus this browser's, in milliseconds: what the simulated phone's clock adds to Date.now(). */
export const clockShift = createStore(0);

const FIRST_PAGE = 2_000;
/** The most entries that the server gives at once. */
const MOST = 10_000;
const RETRY_MS = 1_000;
/** What moves by itself without a `state` event; whoever shows the like reads it again when the state is read. */
const MOVES: ReadonlySet<Kind> = new Set(["payment", "consent", "notification", "message", "reward", "credential"]);

/** Begins to follow the server and goes on for as long as the page lives, through restarts of the server. */
export async function follow(): Promise<never> {
  for (;;) {
    try {
      const language = spoken();
      await readAll(language);
      if ((await stream(language)) === "language") continue;
    } catch {
      // Said by `link`; the next round tells whether the server is back.
    }
    link.set("gone");
    await new Promise((again) => setTimeout(again, RETRY_MS));
  }
}

/** The language in which the server renders the journal: the reader's. */
const spoken = () => settings.get().language;

/** Everything from the beginning: a server that was started anew counts its journal anew. What was shown is read again, not only its end. */
async function readAll(language: Language): Promise<void> {
  const [now, page] = await Promise.all([
    control.state(),
    control.journal(0, Math.max(FIRST_PAGE, Math.min(log.rows.length * 2, MOST)), language),
  ]);
  takeState(now);
  log.clear();
  for (const entry of page.entries) log.add(entry);
  log.last = page.last;
  showLog();
  link.set("live");
}

/** Settles when the stream ends, and when the reader chooses another language: then the journal is read anew. */
function stream(language: Language): Promise<"gone" | "language"> {
  const source = new EventSource(`/control/v1/journal?after=${log.last}&lang=${language}`);
  source.addEventListener("entry", (event) => {
    const entry = JSON.parse(event.data as string) as Entry;
    log.add(entry);
    showLog();
    if (MOVES.has(entry.kind)) readState();
  });
  source.addEventListener("state", (event) => takeState(JSON.parse(event.data as string) as State));
  return new Promise((ended) => {
    const end = (why: "gone" | "language") => {
      source.close();
      stop();
      ended(why);
    };
    const check = () => {
      if (spoken() !== language) end("language");
    };
    const stop = settings.subscribe(check);
    source.onerror = () => end("gone");
    check(); // the reader may have chosen while the journal was read
  });
}

function takeState(next: State): void {
  if (next.journal_after > (state.get()?.journal_after ?? 0)) {
    log.forget(next.journal_after);
    showLog();
  }
  clockShift.set(next.clock.now - Date.now());
  state.set(next);
}

let reading = 0;

/** Money and consents that moved by themselves: the state says how they stand now. Once for a burst of entries, and on and on in a long one. */
function readState(): void {
  if (reading) return;
  reading = window.setTimeout(async () => {
    reading = 0;
    const before = state.get();
    const now = await control.state().catch(() => null);
    // A state that came by itself meanwhile may be the newer of the two.
    if (now && state.get() === before) takeState(now);
    else if (now) readState();
  }, 60);
}

let scheduled = false;

/** One rendering a frame, however many entries a second; a timer stands in for frames while the page is hidden. */
function showLog(): void {
  if (scheduled) return;
  scheduled = true;
  const show = () => {
    scheduled = false;
    logVersion.set(log.version);
  };
  if (document.hidden) setTimeout(show, 250);
  else requestAnimationFrame(show);
}
