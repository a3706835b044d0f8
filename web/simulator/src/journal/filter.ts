import { groupOf, isContainer, type Entry } from "./entry";
import type { Row } from "./log";

/**
 * Parses the filter: plain words that must all occur, and `kind:call`, `launch:ID`, `call:ID`, `payment:REF`,
 * `code:300`, `is:failed`, `method:GP.launchPayment`, `class:GPMotion`. A word after a minus must not occur.
 */
export function parseFilter(text: string): (row: Row) => boolean {
  const tests = text.trim().toLowerCase().split(/\s+/).filter(Boolean).map(test);
  return (row) => tests.every((passes) => passes(row));
}

function test(word: string): (row: Row) => boolean {
  if (word.length > 1 && word.startsWith("-")) {
    const inner = test(word.slice(1));
    return (row) => !inner(row);
  }
  const colon = word.indexOf(":");
  const value = word.slice(colon + 1);
  if (colon > 0 && value) {
    const read = FIELDS[word.slice(0, colon)];
    if (read) return (row) => read(row).some((field) => String(field ?? "").toLowerCase() === value);
  }
  return (row) => row.haystack.includes(word);
}

const FIELDS: Record<string, (row: Row) => unknown[]> = Object.assign(Object.create(null), {
  kind: ({ entry }: Row) => [entry.kind],
  launch: ({ entry }: Row) => [entry.launch_id],
  call: ({ entry }: Row) => [entry.call_id],
  payment: ({ entry }: Row) => [entry.payment],
  code: ({ entry }: Row) => [entry.code],
  is: ({ entry }: Row) => [entry.outcome],
  method: ({ entry }: Row) => methodOf(entry),
  class: ({ entry }: Row) =>
    methodOf(entry)
      .filter(isContainer)
      .map((method) => method.slice(0, method.indexOf("."))),
});

function methodOf(entry: Entry): string[] {
  const group = groupOf(entry);
  return group.of === "call" ? [group.entry.detail.method] : [];
}
