import { createStore } from "@selasar/ui/store";

/** A page that GPNavigator.push has opened above the launch's first page. */
export interface Pushed {
  /** A new number for each page; 0 is the first page. */
  key: number;
  path: string;
}

/** The pages above the first one, the visible one last. */
export const pushed = createStore<readonly Pushed[]>([]);

/** The most pages above the first one: each has the cost of a whole page. */
export const MOST_PAGES = 20;

/** Returns the key of the visible page. */
export const topKey = (): number => pushed.get().at(-1)?.key ?? 0;

/** Removes the pages above the one with this key. Reports whether there were any. */
export function popTo(key: number): boolean {
  const pages = pushed.get();
  const at = pages.findIndex((one) => one.key === key) + 1;
  if (at === pages.length || (at === 0 && key !== 0)) return false;
  pushed.set(pages.slice(0, at));
  return true;
}
