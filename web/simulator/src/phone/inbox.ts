import { control } from "../control/api";
import { state } from "../control/live";
import type { Message } from "../control/shapes";
import { createStore } from "@selasar/ui/store";
import { markSheet } from "./back";
import { shade } from "./over";
import { launch, screen } from "./session";

/** The current user's messages that are not dismissed: pushes and reminders, newest first. */
export const inbox = createStore<readonly Message[]>([]);
/** The ids of pushes that were shown. Times are no substitute, because a reset moves the clock back. */
export const seen = createStore<ReadonlySet<string>>(new Set());

export const pushes = (list: readonly Message[]) => list.filter(({ kind }) => kind === "push");
export const reminders = (list: readonly Message[]) => list.filter(({ kind }) => kind === "reminder");

let asked = 0;
/** Messages dismissed here: a response from before the dismissal does not show them again. */
const dismissed = new Set<string>();

/** Loads the messages after each load of the state, for a new message or another user. */
export function followMessages(): void {
  // Runs after any change of the shade, even by a sheet or the back gesture: the messages in the shade have been seen.
  shade.subscribe(() => seen.change((before) => new Set([...before, ...pushes(inbox.get()).map(({ id }) => id)])));
  state.subscribe(() => {
    const mine = ++asked;
    control.messages().then(
      ({ messages }) => {
        if (mine === asked) inbox.set(messages.filter(({ id }) => !dismissed.has(id)));
      },
      () => undefined,
    );
  });
}

export function openShade(): void {
  const now = screen.get();
  if (now.at === "launch" && !shade.get()) markSheet(now.number);
  shade.set(true);
}

export function closeShade(): void {
  shade.set(false);
}

/** Removes a message from the phone immediately. */
export function dismissMessage(id: string): void {
  dismissed.add(id);
  inbox.change((list) => list.filter((m) => m.id !== id));
  control.dismiss(id).catch(() => dismissed.delete(id)); // the next load shows whether it still exists
}

/** Opens a message's mini app, at the message's page. A push that was opened leaves the shade. */
export function openMessage({ id, kind, url }: Message): void {
  if (kind === "push") dismissMessage(id);
  closeShade();
  launch(false, url ? pathOf(url) : undefined);
}

/** Returns the page of the mini app for a URL of its production host; it opens on the origin that serves it here. */
export function pathOf(url: string): string | undefined {
  try {
    const { pathname, search, hash } = new URL(url, location.origin);
    return pathname + search + hash;
  } catch {
    return undefined;
  }
}
