import { ControlError } from "./control/api";
import { createStore } from "@selasar/ui/store";

/** The latest announcement, visible for a moment and read by a screen reader. */
export const said = createStore<Said>("");

/** One of the page's own texts, or a message of the server. */
type Said =
  | ""
  | "copied"
  | "refused_copy"
  | "sheetCancelled"
  | "sheetExpired"
  | "sheetUnanswered"
  | "noWindow"
  | "tooManyPages"
  | { server: string };

const READ_MS = 6_000;

let timer = 0;

/** Shows an announcement for some milliseconds, in place of the previous one. */
export function tell(word: Said, forMs: number): void {
  said.set(word);
  clearTimeout(timer);
  timer = window.setTimeout(() => said.set(""), forMs);
}

/** Announces why a press had no effect, for buttons without a field that could show the error. */
export function tellRefusals(): void {
  window.addEventListener("unhandledrejection", (event) => {
    if (!(event.reason instanceof ControlError)) return;
    event.preventDefault();
    tell({ server: event.reason.message }, READ_MS);
  });
}
