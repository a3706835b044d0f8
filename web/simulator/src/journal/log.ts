import type { Entry } from "./entry";
import { beganAt } from "./span";

/** A row of the journal: the newest entry of a call, or any other single entry. */
export interface Row {
  key: string;
  entry: Entry;
  /** When it began, in milliseconds since 1970; the rows are in this order. */
  at: number;
  /** The indentation: 0 for a launch or an entry of the device, 1 for an entry in a launch, 2 and 3 for consequences. */
  depth: Depth;
  /** The lower-case text that the filter searches. */
  haystack: string;
}

export type Depth = 0 | 1 | 2 | 3;

/** The maximum number of rows in the page; the server stores all. */
const KEPT = 10_000;
const SLACK = 2_000;
/** The maximum delay of an entry, and the maximum number of rows before which it may be inserted. */
const LATE_MS = 1_000;
const LATE_ROWS = 20;

/**
 * The rows in the order of their begin. The second entry of a call replaces the first in its row, so that no row moves.
 * Entries arrive in bursts: `add` is cheap, and a view compares `version` to detect a change.
 */
export class JournalLog {
  rows: Row[] = [];
  /** The number of rows that were dropped at the front since the page was opened. */
  dropped = 0;
  version = 0;
  last = 0;
  #byKey = new Map<string, Row>();
  /** The first entry of each launch. */
  #launches = new Map<string, Entry>();

  clear(): void {
    this.rows = [];
    this.#byKey.clear();
    this.#launches.clear();
    this.dropped = 0;
    this.last = 0;
    this.version++;
  }

  /** Removes the rows up to a sequence number, after a reset. */
  forget(upTo: number): void {
    const { last } = this;
    const kept = this.rows
      .map(({ entry }) => entry)
      .filter(({ seq }) => seq > upTo)
      .sort((a, b) => a.seq - b.seq);
    this.clear();
    for (const entry of kept) this.add(entry);
    this.last = last;
  }

  add(entry: Entry): void {
    if (entry.seq <= this.last) return;
    this.last = entry.seq;
    this.version++;
    const key = entry.kind === "call" && entry.call_id ? "call:" + entry.call_id : entry.id;
    const known = this.#byKey.get(key);
    if (known) {
      // The row keeps the time of the call's begin, so that it does not jump. Its duration includes the wait for a person.
      const { at, outcome } = known.entry;
      const took = outcome === "open" ? { duration_us: (entry.at - at) * 1_000 } : {};
      known.entry = { ...entry, ...took, at, detail: joined(known.entry, entry) } as Entry;
      known.haystack = haystack(entry);
      return;
    }
    const at = beganAt(entry);
    if (entry.kind === "call") entry.at = at;
    const row: Row = { key, entry, at, depth: this.#depth(entry), haystack: haystack(entry) };
    const place = this.#place(row);
    this.rows.splice(place, 0, row);
    if (entry.kind === "request") this.#indentEffects(place);
    this.#byKey.set(key, row);
    if (this.rows.length > KEPT + SLACK) this.#dropOldest();
  }

  /** Returns the place of a late entry: before the few rows that began after it. A request comes before what it caused in its millisecond. */
  #place({ at, entry }: Row): number {
    let place = this.rows.length;
    const least = Math.max(0, place - LATE_ROWS);
    const late = LATE_MS + (entry.duration_us ?? 0) / 1_000;
    const before = (row: Row) => row.at > at || (row.at === at && entry.kind === "request" && isEffect(row.entry, entry));
    while (place > least && before(this.rows[place - 1]!) && this.rows[place - 1]!.at - at < late) place--;
    return place;
  }

  /** A request arrives at its end, after what it caused: those rows are indented below it. */
  #indentEffects(place: number): void {
    const { entry: request } = this.rows[place]!;
    for (let i = place + 1; i < this.rows.length && this.rows[i]!.at <= request.at; i++) {
      const row = this.rows[i]!;
      if (isEffect(row.entry, request)) row.depth = 3;
    }
  }

  find(key: string | null): Row | undefined {
    return key === null ? undefined : this.#byKey.get(key);
  }

  /** A launch is at the margin; its outcome (opened, refused, ended) and its other entries are below it, indented. */
  #depth(entry: Entry): Depth {
    if (entry.kind === "request" || entry.kind === "notification" || entry.kind === "answer") return 2;
    if (entry.kind === "payment" && entry.user_id) return 2;
    if (!entry.launch_id) return 0;
    if (entry.kind !== "launch") return 1;
    const first = this.#launches.get(entry.launch_id);
    if (!first) {
      this.#launches.set(entry.launch_id, entry);
      return 0;
    }
    // The consent sheet of the launch is closed now.
    if (first.outcome === "open") first.outcome = "info";
    return 1;
  }

  #dropOldest(): void {
    const gone = this.rows.splice(0, this.rows.length - KEPT);
    for (const row of gone) this.#byKey.delete(row.key);
    for (const { entry } of gone) if (entry.launch_id && entry.kind === "launch") this.#launches.delete(entry.launch_id);
    this.dropped += gone.length;
  }
}

/** Reports whether a request caused an entry: a change of its payment, or what was queued for it. */
function isEffect(entry: Entry, request: Entry): boolean {
  if (entry.payment === undefined || entry.payment !== request.payment) return false;
  return entry.kind === "payment" || (entry.kind === "notification" && entry.duration_us === undefined);
}

/** The settling entry has the asks and the result; the checks that passed are in the opening entry. */
function joined(before: Entry, after: Entry): unknown {
  return Object.assign({}, before.detail, after.detail);
}

/** Returns the text that the filter searches: the visible texts and the event's name. */
function haystack({ event, title, message, code, kind, outcome, payment }: Entry): string {
  return [event, title, message, code, kind, outcome, payment].join(" ").toLowerCase();
}
