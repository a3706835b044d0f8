import { createStore } from "./store";

/** What has just happened, for a moment, where a reader hears it too. */
export const said = createStore<Said>("");

type Said = "" | "copied" | "refused_copy" | "sheetCancelled" | "sheetExpired" | "sheetUnanswered";

let timer = 0;

/** Says it for some milliseconds, in place of what was said before. */
export function tell(word: Said, forMs: number): void {
  said.set(word);
  clearTimeout(timer);
  timer = window.setTimeout(() => said.set(""), forMs);
}
