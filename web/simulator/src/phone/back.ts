/**
 * The phone's way back, kept in the browser's own history so that the back gesture of a real phone and the frame's own navigation
 * work together. Every launch puts an entry under the mini app's pages, every sheet, and what else lies over them, one on top:
 *
 *   home · {launch 1} · pages of the frame … · {launch 1, sheet} · …
 *
 * Going back then either moves the frame (we hear nothing, it is the mini app's business), or comes out
 * - of a sheet that is open: the sheet is dismissed;
 * - of a sheet that was answered meanwhile: the entry means nothing, one step further;
 * - of the launch: the mini app has no page before this one, it is closed.
 */
interface Mark {
  launch: number;
  sheet?: true;
}

interface Phone {
  /** The number of the launch that is open, or null. */
  launch(): number | null;
  /** Dismisses the sheet on top; false when there is none. */
  dismiss(): boolean;
  leave(): void;
}

export function markLaunch(launch: number): void {
  history.pushState({ launch } satisfies Mark, "");
}

export function markSheet(launch: number): void {
  history.pushState({ launch, sheet: true } satisfies Mark, "");
}

/** A screen of the super app over its home. */
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
