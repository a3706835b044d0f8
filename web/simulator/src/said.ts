import { ControlError } from "./control/api";
import { createStore } from "@selasar/ui/store";

/** What has just happened, for a moment, where a reader hears it too. */
export const said = createStore<Said>("");

/** One of the page's own texts, or what the server said. */
type Said = "" | "copied" | "refused_copy" | "sheetCancelled" | "sheetExpired" | "sheetUnanswered" | { server: string };

const READ_MS = 6_000;

let timer = 0;

/** Says it for some milliseconds, in place of what was said before. */
export function tell(word: Said, forMs: number): void {
  said.set(word);
  clearTimeout(timer);
  timer = window.setTimeout(() => said.set(""), forMs);
}

/** Says why a press did nothing, where no field stands that would: nobody waits for what a button has begun. */
export function tellRefusals(): void {
  window.addEventListener("unhandledrejection", (event) => {
    if (!(event.reason instanceof ControlError)) return;
    event.preventDefault();
    tell({ server: event.reason.message }, READ_MS);
  });
}
