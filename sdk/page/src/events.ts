import type { EventName, Events } from "@selasar/protocol";

/** Gets an event's data. */
export type Listener<N extends EventName> = (data: Events[N]) => void;

export type AnyListener = (data: never) => void;

/** Keeps the listeners of the page, by event. */
export function createEvents() {
  const listeners = new Map<EventName, Set<AnyListener>>();

  return {
    on(name: EventName, listener: AnyListener): void {
      listeners.set(name, (listeners.get(name) ?? new Set()).add(listener));
    },
    off(name: EventName, listener: AnyListener): void {
      listeners.get(name)?.delete(listener);
    },
    /** Calls every listener; what one throws is reported and stops no other. */
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
