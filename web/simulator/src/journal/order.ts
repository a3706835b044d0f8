import type { TextKey } from "../text/catalogue";
import { detailOf, type AskRecord, type CallDetail, type Entry } from "./entry";
import type { Row } from "./log";

/** A step of an order: a row of the journal, or a moment within it, such as the sheet of a call. */
export interface Step {
  key: string;
  at: number;
  row: Row;
  /** The step's name, if it is not the row itself. */
  word?: TextKey;
  /** The answer to a sheet, and its source. */
  note?: string;
}

/** Returns all steps of one payment by time: calls, sheets, states, requests, notifications. */
export function orderOf(rows: readonly Row[], payment: string): Step[] {
  return rows
    .filter(({ entry }) => entry.payment === payment)
    .flatMap(stepsOf)
    .sort((a, b) => a.at - b.at || rank(a) - rank(b));
}

function stepsOf(row: Row): Step[] {
  const { entry, key } = row;
  const steps: Step[] = [{ key, at: began(entry), row }];
  for (const ask of asksOf(entry)) {
    steps.push({ key: key + ask.id, at: ask.opened_at, row, word: "sheetShown" });
    if (!ask.answered_at) continue;
    const answer = typeof ask.answer === "object" ? ask.answer.answer : ask.answer;
    steps.push({
      key: key + ask.id + "!",
      at: ask.answered_at,
      row,
      word: "sheetAnswered",
      note: [answer, ask.by].filter(Boolean).join(" · "),
    });
  }
  return steps;
}

/** Returns the begin in whole milliseconds. A request has its entry at its end and a call when its sheet opens, so both began before their effects. */
function began(entry: Entry): number {
  if (entry.kind === "request") return Math.floor(entry.at - (entry.duration_us ?? 0) / 1_000);
  return Math.min(entry.at, ...asksOf(entry).map((ask) => ask.opened_at));
}

/** Within one millisecond, a request comes before its effects. */
function rank({ row }: Step): number {
  return row.entry.kind === "request" ? 0 : 1;
}

function asksOf(entry: Entry): AskRecord[] {
  return entry.kind === "call" ? (detailOf<CallDetail>(entry).asks ?? []) : [];
}
