import { useLayoutEffect, useRef, useState } from "preact/hooks";

/** One value, and the functions that are called when it changes. */
export interface Store<T> {
  get(): T;
  set(next: T): void;
  change(alter: (now: T) => T): void;
  subscribe(listener: () => void): () => void;
}

export function createStore<T>(first: T): Store<T> {
  let value = first;
  const listeners = new Set<() => void>();
  const set = (next: T) => {
    if (Object.is(next, value)) return;
    value = next;
    for (const listener of [...listeners]) listener();
  };
  return {
    get: () => value,
    set,
    change: (alter) => set(alter(value)),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Returns the part of a store that a component shows; the component renders again only when that part changes. */
export function useStore<T, S>(store: Store<T>, select: (value: T) => S): S {
  const part = select(store.get());
  const latest = useRef({ part, select });
  latest.current = { part, select };
  const [, again] = useState(0);
  useLayoutEffect(() => {
    const check = () => {
      if (!Object.is(latest.current.select(store.get()), latest.current.part)) again((n) => n + 1);
    };
    check();
    return store.subscribe(check);
  }, [store]);
  return part;
}
