import { popTo, topKey } from "./stack";

/**
 * The phone's back navigation, built on the browser's history, so that a real phone's back gesture and the frame's own navigation
 * work together. Every launch adds an entry below the mini app's pages, every pushed page adds two, and every sheet and overlay
 * adds one on top:
 *
 *   home · {launch 1} · pages of the frame … · {launch 1} · {launch 1, page 1} · pages of its frame … · {launch 1, page 1, sheet} · …
 *
 * Going back either moves a frame, which this page does not notice and need not, or arrives
 * - at the entry below an open sheet: the sheet is dismissed;
 * - at an entry of a page below the visible one: the pages above it are closed;
 * - at the entry below a sheet that was answered before, or of a page that was closed before: goes back one entry more;
 * - at the entry below the launch: the mini app has no earlier page, so it is closed.
 */
interface Mark {
  launch: number;
  /** The key of the visible page. */
  page: number;
  sheet?: true;
}

interface Phone {
  /** The number of the open launch, or null. */
  launch(): number | null;
  /** Dismisses the sheet on top; returns false when there is none. */
  dismiss(): boolean;
  leave(): void;
}

/** The browser's Navigation API, as far as it is used here. Not every browser has it. */
interface Navigation {
  readonly currentEntry: { readonly key: string } | null;
  traverseTo(key: string): { finished: Promise<unknown> };
}

const { navigation } = window as { navigation?: Navigation };

/** The key of the browser's entry below each pushed page. */
const below = new Map<number, string | undefined>();

/** How many pops are going back to the entry below their page: their arrival is no step of the person. */
let popping = 0;

const mark = (one: Mark) => history.pushState(one, "");

export function markLaunch(launch: number): void {
  mark({ launch, page: 0 });
}

export function markSheet(launch: number): void {
  mark({ launch, page: topKey(), sheet: true });
}

/** Marks a page that is about to be pushed. The entry below it keeps the place in the history of the page below. */
export function markPage(launch: number, page: number): void {
  mark({ launch, page: topKey() });
  below.set(page, navigation?.currentEntry?.key);
  mark({ launch, page });
}

/** Goes back to the entry below a page that was closed. Without the Navigation API, the next step back passes its entries. */
export async function leavePage(page: number): Promise<void> {
  const key = below.get(page);
  below.delete(page);
  if (!navigation || key === undefined || navigation.currentEntry?.key === key) return;
  popping++;
  // The browser may have forgotten the entry, or another pop goes further back: then there is no arrival.
  await navigation.traverseTo(key).finished.catch(() => popping--);
}

/** A screen of the super app above its home. */
export function markScreen(): void {
  history.pushState(null, "");
}

export function stepBack(): void {
  history.back();
}

export function listenForBack(phone: Phone): void {
  addEventListener("popstate", (event) => {
    if (popping > 0) return void popping--;
    const open = phone.launch();
    if (open === null) return phone.leave();
    const at = event.state as Mark | null;
    if (phone.dismiss()) return;
    if (at?.launch !== open) phone.leave();
    else if (!popTo(at.page)) history.back();
  });
}
