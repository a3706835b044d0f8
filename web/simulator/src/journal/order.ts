import type { TextKey } from "../text/catalogue";
import { asksOf } from "./entry";
import type { Settler } from "./events.gen";
import type { Row } from "./log";
import { spansOf, type Span } from "./span";

/** A step of an order: a row of the journal, or a moment within it, such as the sheet of a call. */
export interface Step extends Span {
  key: string;
  /** The step's name, if it is not the row itself. */
  word?: TextKey;
  /** The answer to a sheet. */
  note?: string | undefined;
  /** How a sheet was settled. */
  by?: Settler | undefined;
}

/** Returns all steps of one payment by time: calls, sheets, states, requests, notifications. */
export function orderOf(rows: readonly Row[], payment: string): Step[] {
  return spansOf(rows.filter(({ entry }) => entry.payment === payment))
    .flatMap(stepsOf)
    .sort((a, b) => a.from - b.from || rank(a) - rank(b));
}

function stepsOf(span: Span): Step[] {
  const { row } = span;
  const steps: Step[] = [{ key: row.key, ...span }];
  for (const ask of asksOf(row.entry)) {
    const wait = { from: ask.opened_at, to: ask.answered_at ?? span.to };
    steps.push({ key: row.key + ask.id, row, ...wait, waits: [wait], word: "sheetShown" });
    if (!ask.answered_at) continue;
    const answer = typeof ask.answer === "object" ? ask.answer.answer : ask.answer;
    steps.push({
      key: row.key + ask.id + "!",
      row,
      from: ask.answered_at,
      to: ask.answered_at,
      waits: [],
      word: "sheetAnswered",
      note: answer,
      by: ask.by,
    });
  }
  return steps;
}

/** Within one millisecond, a request comes before its effects, and the try of a notification after the change it reports. */
function rank({ row: { entry } }: Step): number {
  if (entry.kind === "request") return 0;
  return entry.kind === "notification" && entry.duration_us !== undefined ? 2 : 1;
}
