import { control } from "../control/api";
import { state } from "../control/live";
import type { Message } from "../control/shapes";
import { createStore } from "@selasar/ui/store";
import { markSheet } from "./back";
import { launch, screen, shade } from "./session";

/** What the current user was sent and has not dismissed: pushes and reminders, newest first. */
export const inbox = createStore<readonly Message[]>([]);
/** The pushes that have been before the eyes, by id: times do not say it, a reset puts the clock back. */
export const seen = createStore<ReadonlySet<string>>(new Set());

export const pushes = (list: readonly Message[]) => list.filter(({ kind }) => kind === "push");
export const reminders = (list: readonly Message[]) => list.filter(({ kind }) => kind === "reminder");

let asked = 0;
/** What was taken off the phone here: what is read before the server has heard of it brings none of it back. */
const dismissed = new Set<string>();

/** Reads the messages whenever the state has been read: a journal entry told of one, or another user holds the phone. */
export function followMessages(): void {
  // Whatever opens or closes it, a sheet and the way back too: what is in the shade has been seen.
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

/** Takes a message off the phone, here at once. */
export function dismissMessage(id: string): void {
  dismissed.add(id);
  inbox.change((list) => list.filter((m) => m.id !== id));
  control.dismiss(id).catch(() => dismissed.delete(id)); // the next reading tells whether it is still there
}

/** Opens what a message is about: its mini app. A push that was opened is gone from the shade. */
export function openMessage({ id, kind, template_parameters }: Message): void {
  if (kind === "push") dismissMessage(id);
  closeShade();
  const { url } = template_parameters;
  launch(false, typeof url === "string" ? pathOf(url) : undefined);
}

/** The page of the mini app that an address of its production host names: it opens on the origin that serves it here. */
export function pathOf(url: string): string | undefined {
  try {
    const { pathname, search, hash } = new URL(url, location.origin);
    return pathname + search + hash;
  } catch {
    return undefined;
  }
}
