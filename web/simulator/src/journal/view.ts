import { log, logVersion } from "../control/live";
import { createStore } from "@selasar/ui/store";
import { parseFilter } from "./filter";
import type { Row } from "./log";

export const filterText = createStore("");
/** The key of the chosen row. */
export const chosen = createStore<string | null>(null);
/** True while the detail of the chosen row is shown. */
export const detailOpen = createStore(false);

/** True while the detail shows the whole order of the chosen row. */
export const orderOpen = createStore(false);

/** True while the rows show their bars on one time scale instead of their messages. */
export const timeShown = createStore(false);

/** The rows that pass the filter, in order. They are computed again when the log or the filter changes. */
export const visible = createStore<readonly Row[]>([]);

function refresh(): void {
  const text = filterText.get();
  visible.set(text.trim() ? log.rows.filter(parseFilter(text)) : [...log.rows]);
}

logVersion.subscribe(refresh);
filterText.subscribe(refresh);

export function choose(row: Row | undefined): void {
  chosen.set(row?.key ?? null);
}

/** Moves the choice by a number of visible rows and returns its new index; -1 without rows. */
export function step(by: number): number {
  const rows = visible.get();
  if (rows.length === 0) return -1;
  const now = rows.findIndex((row) => row.key === chosen.get());
  const next = now < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(Math.max(now + by, 0), rows.length - 1);
  choose(rows[next]);
  return next;
}

/** Closes the detail; its row stays chosen. */
export function closeDetail(): void {
  detailOpen.set(false);
  document.getElementById("journal-rows")?.focus();
}

/** Opens the order of the chosen row on its timeline. */
export function showOrder(): void {
  orderOpen.set(true);
  detailOpen.set(true);
}

/** Shows the rows of one payment, and its timeline. */
export function showPayment(payment: string): void {
  filterBy("payment:" + payment);
  choose(visible.get()[0]);
  if (chosen.get() !== null) showOrder();
}

export function filterBy(word: string): void {
  filterText.set(word);
}
