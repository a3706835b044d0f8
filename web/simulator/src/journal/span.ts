import { asksOf, type Entry } from "./entry";
import type { Row } from "./log";

/** A stretch of time, in milliseconds since 1970. */
export interface Stretch {
  from: number;
  to: number;
}

/** The time that one row takes, and the waits for a person in it. */
export interface Span extends Stretch {
  row: Row;
  waits: readonly Stretch[];
}

/** Returns the spans of rows, in their order. What is still open lasts until the newest entry. */
export function spansOf(rows: readonly Row[]): Span[] {
  const end = rows.reduce((last, { entry }) => Math.max(last, entry.kind === "call" ? entry.at + tookMs(entry) : entry.at), 0);
  const answered = launchAnswers(rows);
  return rows.map((row) => {
    const { entry } = row;
    const to = endOf(entry, end, answered);
    return { row, from: row.at, to: Math.max(row.at, to), waits: waitsOf(entry, to) };
  });
}

function endOf(entry: Entry, end: number, answered: ReadonlyMap<string, number>): number {
  if (entry.event === "launch.asked") return answered.get(entry.launch_id ?? "") ?? end;
  if (entry.kind !== "call") return entry.at;
  return entry.outcome === "open" ? end : entry.at + tookMs(entry);
}

function waitsOf(entry: Entry, to: number): Stretch[] {
  if (entry.event === "launch.asked") return [{ from: entry.at, to }];
  return asksOf(entry).map((ask) => ({ from: ask.opened_at, to: ask.answered_at ?? to }));
}

/** Returns when the consent sheet of each launch was answered: at the launch's second entry. */
function launchAnswers(rows: readonly Row[]): Map<string, number> {
  const answered = new Map<string, number>();
  for (const { entry } of rows) {
    if (entry.kind !== "launch" || !entry.launch_id || entry.event === "launch.asked" || answered.has(entry.launch_id)) continue;
    answered.set(entry.launch_id, entry.at);
  }
  return answered;
}

/** Returns the begin of an entry. A request and a try of a notification have their entry at their end, a call when its sheet opens. */
export function beganAt(entry: Entry): number {
  if (entry.kind === "request" || entry.kind === "notification") return Math.floor(entry.at - tookMs(entry));
  return Math.min(entry.at, ...asksOf(entry).map((ask) => ask.opened_at));
}

const tookMs = (entry: Entry) => (entry.duration_us ?? 0) / 1_000;

/** How long after its cause an effect may begin, in milliseconds. */
const SOON_MS = 5_000;

/** Returns the index of the span that caused each span, or -1. Causes come before their effects. */
export function causesOf(spans: readonly Span[]): number[] {
  return spans.map((span, at) => {
    for (let i = at - 1; i >= 0 && i > at - 200; i--) if (isCause(spans[i]!, span)) return i;
    return -1;
  });
}

function isCause(before: Span, after: Span): boolean {
  if (before.row === after.row) return true; // the sheet of a call
  const [cause, effect] = [before.row.entry, after.row.entry];
  if (cause.payment && effect.payment && cause.payment !== effect.payment) return false;
  if (after.from - before.to > SOON_MS) return false;
  switch (effect.kind) {
    case "request":
      return isTry(cause) ? holds(before, after) && same(cause, effect) : cause.kind === "call" && related(cause, effect);
    case "notification":
      return isTry(effect) ? cause.event === "notification.queued" && same(cause, effect) : isChange(cause) && same(cause, effect);
    case "payment":
      return (cause.kind === "request" || cause.kind === "call") && same(cause, effect) && holds(before, after);
    case "message":
    case "reward":
    case "consent":
      return (cause.kind === "request" || cause.kind === "call") && holds(before, after) && cause.launch_id === effect.launch_id;
    default:
      return false;
  }
}

const isTry = (entry: Entry) => entry.kind === "notification" && entry.duration_us !== undefined;
const isChange = (entry: Entry) => entry.kind === "payment";
const same = (a: Entry, b: Entry) => a.payment !== undefined && a.payment === b.payment;
const holds = (outer: Stretch, inner: Stretch) => outer.from <= inner.from && inner.from <= outer.to;
/** A request belongs to the call before it if it names the launch of the call, or its payment. */
const related = (call: Entry, request: Entry) => (request.launch_id ? call.launch_id === request.launch_id : same(call, request));
