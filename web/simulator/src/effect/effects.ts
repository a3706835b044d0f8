import type { LaunchEvent } from "@selasar/miniapp-host";
import { createStore } from "@selasar/ui/store";
import { popPage, pushPage } from "../phone/pages";
import { barOptions, changeBar } from "./bar";

/** A toast on the phone. */
export interface ToastShown {
  /** A new number for each toast. */
  number: number;
  message: string;
  duration_ms: number;
}

/** A vibration of the phone. */
export interface Buzz {
  number: number;
  duration_ms: number;
}

export const toast = createStore<ToastShown | null>(null);
export const buzz = createStore<Buzz | null>(null);
/** The phone says for a moment that a mini app has written to its clipboard. */
export const copied = createStore<{ number: number; text: string } | null>(null);

let count = 0;

/** Shows what a call does to the phone. Other events have no effect here. */
export function applyEffect(event: LaunchEvent): void {
  switch (event.name) {
    case "toast_shown":
      return toast.set({ number: ++count, ...event.data });
    case "vibration_started":
      return buzz.set({ number: ++count, ...event.data });
    case "clipboard_written":
      return copied.set({ number: ++count, ...event.data });
    case "page_pushed":
      return pushPage(event.data.path);
    case "page_popped":
      return popPage(event.data.page);
    case "navigation_bar_changed":
      return changeBar(event.data);
  }
}

/** Removes what a launch has left on the phone. */
export function clearEffects(): void {
  toast.set(null);
  buzz.set(null);
  copied.set(null);
  barOptions.set({});
}
