import { copyText } from "@selasar/ui/parts/copy";
import { asJson } from "./journal/copyas";
import { log } from "./control/live";
import { chosen, showOrder, timeShown } from "./journal/view";
import { drawer, focusDrawn, panel } from "./panel/tabs";
import { openShade } from "./phone/inbox";
import { launch } from "./phone/session";
import { sheet } from "./phone/sheet";
import { tell } from "./said";
import { settings } from "@selasar/ui/settings";
import { createStore } from "@selasar/ui/store";

export const help = createStore(false);

/** Handles single keys, unless a text field has the focus or a dialog is open. */
export function listenForKeys(): void {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || !settings.get().keys) return;
    const target = event.target as Element;
    if (target.closest('input:not([type="checkbox"]), textarea, select, [contenteditable], dialog, [role="dialog"]')) return;
    const act = KEYS[event.key];
    if (act && act() !== false) event.preventDefault();
  });
}

/** Focuses the rows; without rows, the arrow keys scroll as usual. */
function toRows(): boolean {
  const rows = document.getElementById("journal-rows");
  rows?.focus();
  return rows !== null;
}

/** The action of each key; an action that returns false leaves the key to the browser. */
const KEYS: Record<string, () => unknown> = Object.assign(Object.create(null), {
  "/": () => {
    panel.set("journal");
    drawer.set(true);
    focusDrawn("journal-filter");
  },
  c: () => {
    const row = log.find(chosen.get());
    if (row) void copyText(asJson(row.entry)).then((done) => tell(done ? "copied" : "refused_copy", 1_500));
  },
  r: () => launch(),
  n: () => {
    if (!sheet.get()) openShade();
  },
  o: () => {
    if (log.find(chosen.get())?.entry.payment) showOrder();
  },
  t: () => timeShown.set(!timeShown.get()),
  "?": () => help.set(true),
  ArrowDown: toRows,
  ArrowUp: toRows,
});
