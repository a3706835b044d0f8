import type { Entry } from "./entry";
import type { Row } from "./log";
import { nameOf } from "./words";

/** How often something happened in a launch, by outcome. */
export interface Tally {
  name: string;
  good: number;
  bad: number;
  open: number;
  /** The newest row of this name. */
  row: Row;
}

/** The newest launch at a glance. */
export interface Glance {
  /** The first entry of the launch. */
  launch: Entry | undefined;
  /** Its newest entry of kind "launch", which says its state. */
  state: Entry | undefined;
  calls: Tally[];
  requests: Tally[];
  /** Paid payments that the backend neither asked about nor accepted a notification of. */
  unproved: Row[];
  /** True after a payment was paid in this platform's journal. */
  paid: boolean;
}

/** Returns the newest launch at a glance, from the rows since its begin. */
export function glanceOf(rows: readonly Row[]): Glance {
  let begin = rows.length - 1;
  while (begin >= 0 && !(rows[begin]!.entry.kind === "launch" && rows[begin]!.depth === 0)) begin--;
  const mine = begin < 0 ? [] : rows.slice(begin);
  const launch = mine[0]?.entry;
  const entries = mine.map(({ entry }) => entry);
  return {
    launch,
    state: entries.filter((entry) => entry.kind === "launch" && entry.launch_id === launch?.launch_id).at(-1),
    calls: tally(mine.filter(({ entry }) => entry.kind === "call")),
    requests: tally(mine.filter(({ entry }) => entry.kind === "request")),
    unproved: mine.filter(({ entry }) => entry.event === "payment.paid" && !entries.some((other) => proves(other, entry))),
    paid: rows.some(({ entry }) => entry.event === "payment.paid"),
  };
}

function tally(rows: readonly Row[]): Tally[] {
  const all = new Map<string, Tally>();
  for (const row of rows) {
    const name = nameOf(row.entry);
    const one = all.get(name) ?? { name, good: 0, bad: 0, open: 0, row };
    const { outcome } = row.entry;
    one[outcome === "failed" ? "bad" : outcome === "open" ? "open" : "good"]++;
    one.row = row;
    all.set(name, one);
  }
  return [...all.values()];
}

/** Reports whether an entry shows that the backend knows of a paid payment. */
function proves(entry: Entry, paid: Entry): boolean {
  if (entry.payment !== paid.payment || entry.at < paid.at || entry.outcome !== "ok") return false;
  return entry.event === "notification.delivered" || (entry.kind === "request" && entry.title.endsWith("/status"));
}
