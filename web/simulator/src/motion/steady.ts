/**
 * Returns a function that sends the newest value: one request at a time, and at most one in `everyMs`. Older values that
 * were not sent are dropped.
 */
export function steady<T>(send: (value: T) => Promise<unknown>, everyMs: number, failed: (error: Error) => void): (value: T) => void {
  let next: { value: T } | undefined;
  let busy = false;
  const pump = async (): Promise<void> => {
    if (busy) return;
    busy = true;
    while (next) {
      const { value } = next;
      next = undefined;
      await Promise.all([send(value).catch(failed), new Promise((rest) => setTimeout(rest, everyMs))]);
    }
    busy = false;
  };
  return (value) => {
    next = { value };
    void pump();
  };
}
