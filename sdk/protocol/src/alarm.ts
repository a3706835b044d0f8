/** An object with a deadline, in ms of `performance.now()`; Infinity means none. */
export interface Due {
  due: number;
}

/** The longest delay of a timer, in ms: setTimeout fires immediately for a longer one. */
const LONGEST = 2 ** 31 - 1;

/** A timer that fires so much too late comes from a thread that was blocked, in ms. */
const LATE = 1_000;
/** How long the messages that arrived during the block may take to be read, in ms. */
const CATCH_UP = 250;

/**
 * Watches many deadlines with one timer.
 * After a blocked thread, such as at a breakpoint, the timer comes before the answers that wait behind it. They get a moment.
 * `arm(due)` ensures a check at that time; the check passes each expired entry to `expire`.
 * Removing or postponing a deadline costs nothing: the timer ignores it when it fires.
 */
export function createAlarm<T extends Due>(all: Map<number, T>, expire: (id: number, item: T) => void) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let ringsAt = Infinity;
  let caughtUp = false;

  const arm = (due: number): void => {
    if (due >= ringsAt) return;
    clearTimeout(timer);
    ringsAt = due;
    timer = setTimeout(ring, Math.min(due - performance.now(), LONGEST));
  };

  const ring = (): void => {
    const now = performance.now();
    const late = now - ringsAt > LATE;
    ringsAt = Infinity;
    if ((caughtUp = late && !caughtUp)) return arm(now + CATCH_UP);
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
