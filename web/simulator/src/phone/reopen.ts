/** Remembers, for this tab, that a mini app is open and at which path, so that a reload of the simulator opens it again. */
const KEY = "selasar.open";

interface Open {
  path: string | undefined;
}

export function keepOpen(open: Open | undefined): void {
  try {
    if (open) sessionStorage.setItem(KEY, JSON.stringify(open));
    else sessionStorage.removeItem(KEY);
  } catch {
    // Without storage, a reload shows the home screen.
  }
}

/** Returns what was open before a reload of this page; undefined when the page was opened in another way. */
export function openBefore(): Open | undefined {
  const [navigation] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  if (navigation?.type !== "reload") return undefined;
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
    if (typeof kept !== "object" || kept === null) return undefined;
    const { path } = kept as { path?: unknown };
    return { path: typeof path === "string" && path.startsWith("/") ? path : undefined };
  } catch {
    return undefined;
  }
}
