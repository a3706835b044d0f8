/** Something that must be over by a time, in ms of `performance.now()`; Infinity for never. */
export interface Due {
  due: number;
}

/** The longest that a timer waits, in ms: one that is set for longer rings at once. */
const LONGEST = 2 ** 31 - 1;

/**
 * Watches many deadlines with one timer.
 * `arm(due)` makes sure that it looks again at that time; what is over by then is handed to `expire`.
 * A deadline that was dropped or put off costs nothing: the timer finds out when it rings.
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
