/** An object with a deadline, in ms of `performance.now()`; Infinity means none. */
export interface Due {
  due: number;
}

/** The longest delay of a timer, in ms: setTimeout fires immediately for a longer one. */
const LONGEST = 2 ** 31 - 1;

/**
 * Watches many deadlines with one timer.
 * `arm(due)` ensures a check at that time; the check passes each expired entry to `expire`.
 * Removing or postponing a deadline costs nothing: the timer ignores it when it fires.
 */
export function createAlarm<T extends Due>(all: Map<number, T>, expire: (id: number, item: T) => void) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let ringsAt = Infinity;

  const arm = (due: number): void => {
    if (due >= ringsAt) return;
    clearTimeout(timer);
    ringsAt = due;
    timer = setTimeout(ring, Math.min(due - performance.now(), LONGEST));
  };

  const ring = (): void => {
    const now = performance.now();
    ringsAt = Infinity;
    let next = Infinity;
    for (const [id, item] of all) {
      if (item.due <= now) expire(id, item);
      else if (item.due < next) next = item.due;
    }
    arm(next);
  };

  const stop = (): void => {
    clearTimeout(timer);
    ringsAt = Infinity;
  };
  return { arm, stop };
}
