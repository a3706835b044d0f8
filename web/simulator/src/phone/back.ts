/**
 * The phone's back navigation, built on the browser's history, so that a real phone's back gesture and the frame's own navigation
 * work together. Every launch adds an entry below the mini app's pages; every sheet and overlay adds one on top:
 *
 *   home · {launch 1} · pages of the frame … · {launch 1, sheet} · …
 *
 * Going back either moves the frame, which this page does not notice and need not, or arrives
 * - at the entry below an open sheet: the sheet is dismissed;
 * - at the entry below a sheet that was answered before: goes back one entry more;
 * - at the entry below the launch: the mini app has no earlier page, so it is closed.
 */
interface Mark {
  launch: number;
  sheet?: true;
}

interface Phone {
  /** The number of the open launch, or null. */
  launch(): number | null;
  /** Dismisses the sheet on top; returns false when there is none. */
  dismiss(): boolean;
  leave(): void;
}

export function markLaunch(launch: number): void {
  history.pushState({ launch } satisfies Mark, "");
}

export function markSheet(launch: number): void {
  history.pushState({ launch, sheet: true } satisfies Mark, "");
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
    const open = phone.launch();
    if (open === null) return phone.leave();
    const mark = event.state as Mark | null;
    if (phone.dismiss()) return;
    if (mark?.launch !== open) phone.leave();
    else history.back();
  });
}
