import type { EventName, Events } from "@selasar/protocol";

/** A listener; it gets an event's data. */
export type Listener<N extends EventName> = (data: Events[N]) => void;

export type AnyListener = (data: never) => void;

/** Stores the page's listeners, by event. */
export function createEvents() {
  const listeners = new Map<EventName, Set<AnyListener>>();

  return {
    on(name: EventName, listener: AnyListener): void {
      listeners.set(name, (listeners.get(name) ?? new Set()).add(listener));
    },
    off(name: EventName, listener: AnyListener): void {
      listeners.get(name)?.delete(listener);
    },
    /** Calls every listener; an exception in one is reported and does not stop the others. */
    emit(name: EventName, data: unknown): void {
      for (const listener of [...(listeners.get(name) ?? [])]) {
        try {
          listener(data as never);
        } catch (error) {
          setTimeout(() => {
            throw error;
          });
        }
      }
    },
  };
}
