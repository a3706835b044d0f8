import { detailOf, type CallDetail, type Entry } from "./entry";

/** A row of the journal: the newest entry of a call, or any other entry by itself. */
export interface Row {
  key: string;
  entry: Entry;
  /** How far it stands under its launch: 0 a launch or something of the device, 1 what happened in it, 2 what that led to. */
  depth: 0 | 1 | 2;
  /** Lower-case text that the filter reads. */
  haystack: string;
}

/** So many rows are kept in the page; the server keeps the rest. */
const KEPT = 10_000;
const SLACK = 2_000;
/** How late an entry may be told, and how many rows it may go before. */
const LATE_MS = 1_000;
const LATE_ROWS = 20;

/**
 * The rows in the order in which things began. An entry of a call that is already there takes its row over, so that nothing moves.
 * Entries arrive in bursts: `add` is cheap, and a view of the log reads `version` to see whether it changed.
 */
export class JournalLog {
  rows: Row[] = [];
  /** Rows that were let go at the front since the page was opened. */
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

  /** Lets go of what a reset took away: all up to a sequence number. */
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
      // The row keeps the time at which the call began: it must not seem to jump. A call that waited for a person took as long as that.
      const { at, outcome } = known.entry;
      const took = outcome === "open" ? { duration_us: (entry.at - at) * 1_000 } : {};
      known.entry = { ...entry, ...took, at, detail: joined(known.entry, entry) };
      known.haystack = haystack(entry);
      return;
    }
    entry.at = beganAt(entry);
    const row: Row = { key, entry, depth: this.#depth(entry), haystack: haystack(entry) };
    this.rows.splice(this.#place(entry), 0, row);
    this.#byKey.set(key, row);
    if (this.rows.length > KEPT + SLACK) this.#letGo();
  }

  /** What is told later may have begun earlier, by as long as a transaction takes: it goes before those few rows. */
  #place({ at }: Entry): number {
    let place = this.rows.length;
    const least = Math.max(0, place - LATE_ROWS);
    while (place > least && this.rows[place - 1]!.entry.at > at && this.rows[place - 1]!.entry.at - at < LATE_MS) place--;
    return place;
  }

  find(key: string | null): Row | undefined {
    return key === null ? undefined : this.#byKey.get(key);
  }

  /** A launch stands at the margin; what it came to (opened, refused, ended) and all else that happened in it stands beneath. */
  #depth(entry: Entry): 0 | 1 | 2 {
    if (entry.kind === "request" || entry.kind === "notification" || entry.kind === "ask" || entry.kind === "answer") return 2;
    if (!entry.launch_id) return 0;
    if (entry.kind !== "launch") return 1;
    const first = this.#launches.get(entry.launch_id);
    if (!first) {
      this.#launches.set(entry.launch_id, entry);
      return 0;
    }
    // Nobody is waited for any more.
    if (first.outcome === "open") first.outcome = "info";
    return 1;
  }

  #letGo(): void {
    const gone = this.rows.splice(0, this.rows.length - KEPT);
    for (const row of gone) this.#byKey.delete(row.key);
    for (const { entry } of gone) if (entry.launch_id && entry.kind === "launch") this.#launches.delete(entry.launch_id);
    this.dropped += gone.length;
  }
}

/** A call is told of when its sheet is open: it began before. */
function beganAt(entry: Entry): number {
  const asks = entry.kind === "call" ? detailOf<CallDetail>(entry).asks : undefined;
  return Math.min(entry.at, ...(asks ?? []).map((ask) => ask.opened_at));
}

/** An answered call tells of its asks and its result; the checks it passed stand in the entry that opened it. */
function joined(before: Entry, after: Entry): unknown {
  return typeof after.detail === "object" ? { ...detailOf(before), ...detailOf(after) } : after.detail;
}

/** What the filter finds: what is read, and the name of the event. */
function haystack({ event, title, message, code, kind, outcome, payment }: Entry): string {
  return [event, title, message, code, kind, outcome, payment].join(" ").toLowerCase();
}
