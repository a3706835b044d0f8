import type { Entry, Kind } from "../journal/entry";
import { JournalLog } from "../journal/log";
import { settings } from "@selasar/ui/settings";
import { createStore } from "@selasar/ui/store";
import type { Language } from "@selasar/ui/text/text";
import { control } from "./api";
import type { State, StateChange } from "./shapes";

/** The page's connection to the server: connecting, live, or gone (the page keeps retrying). */
export type Link = "connecting" | "live" | "gone";

export const link = createStore<Link>("connecting");
export const state = createStore<State | null>(null);
export const log = new JournalLog();
/** Increases when the log has changed, at most once a frame. */
export const logVersion = createStore(0);
/** The server's clock minus this browser's, in milliseconds; the simulated phone adds it to Date.now(). */
export const clockShift = createStore(0);

const FIRST_PAGE = 2_000;
/** The maximum number of entries in one response. */
const MOST = 10_000;
const RETRY_MS = 1_000;
/** The kinds of entries that change the state without a `state` event. After such an entry the page loads the state again. */
const MOVES: ReadonlySet<Kind> = new Set(["payment", "consent", "notification", "message", "reward", "credential"]);

/** Follows the server for the life of the page, and reconnects after a restart of the server. */
export async function follow(): Promise<never> {
  for (;;) {
    try {
      const language = spoken();
      await readAll(language);
      if ((await stream(language)) === "language") continue;
    } catch {
      // `link` shows the problem; the next attempt finds out whether the server is back.
    }
    link.set("gone");
    await new Promise((again) => setTimeout(again, RETRY_MS));
  }
}

/** The reader's language, in which the server renders the journal. */
const spoken = () => settings.get().language;

/** Loads everything from the beginning, because a restarted server numbers its journal from the start. Rows already shown load again too. */
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

/** Settles when the stream ends, or when the reader chooses another language, which needs a fresh journal. */
function stream(language: Language): Promise<"gone" | "language"> {
  const source = new EventSource(`/control/v1/journal?after=${log.last}&lang=${language}&since=${state.get()?.revision ?? ""}`);
  source.addEventListener("entry", (event) => {
    const entry = JSON.parse(event.data as string) as Entry;
    log.add(entry);
    showLog();
    if (MOVES.has(entry.kind)) readState();
  });
  source.addEventListener("state", (event) => takeState(JSON.parse(event.data as string) as State | StateChange));
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
    check(); // the reader may have chosen another language during the load
  });
}

/** Parses a revision: the run of the server, and a number that grows. */
function revisionOf(text: string): { run: string; number: number } {
  const [run = "", number = ""] = text.split(".");
  return { run, number: Number(number) };
}

/** Merges what changed into the state of the page. Returns null when a change between the two is missing. */
function merged(now: State | null, next: State | StateChange): State | null {
  if (!("since" in next)) return next;
  const [at, since, to] = [revisionOf(now?.revision ?? ""), revisionOf(next.since), revisionOf(next.revision)];
  if (!now || at.run !== to.run || at.number < since.number) return null;
  if (at.number >= to.number) return now; // an answer has overtaken the stream
  const changed = new Map(next.users?.map((user) => [user.id, user]));
  const users = now.users.map((user) => changed.get(user.id) ?? user);
  const known = new Set(now.users.map((user) => user.id));
  return { ...now, ...next, users: [...users, ...[...changed.values()].filter((user) => !known.has(user.id))] };
}

function takeState(change: State | StateChange): void {
  const next = merged(state.get(), change);
  if (!next) return readState();
  if (next.journal_after > (state.get()?.journal_after ?? 0)) {
    log.forget(next.journal_after);
    showLog();
  }
  clockShift.set(next.clock.now - Date.now());
  state.set(next);
}

let reading = 0;

/** Loads the state again after entries that change money or consents: once after a burst, and repeatedly during a long one. */
function readState(): void {
  if (reading) return;
  reading = window.setTimeout(async () => {
    reading = 0;
    const before = state.get();
    const now = await control.state(before?.revision).catch(() => null);
    // A state event that arrived during the request may be newer than the response.
    if (now && state.get() === before) takeState(now);
    else if (now) readState();
  }, 60);
}

let scheduled = false;

/** Renders once a frame, regardless of the number of entries; while the page is hidden, a timer replaces the frames. */
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
