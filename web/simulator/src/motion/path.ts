import type { MotionPath, MotionPoint } from "../control/shapes";

/** How a device is held: the angles of a point of a movement. */
export type Held = Pick<MotionPoint, "beta" | "gamma" | "heading">;

/** Returns how the device is held at a time of the platform's clock. It is what `internal/dev/simulator/motion.go` computes. */
export function heldAt(path: MotionPath, now: number): Held {
  const last = path.points.at(-1)!;
  let passed = now - path.started_at;
  if (path.loop && last.at_ms > 0 && passed > 0) passed %= last.at_ms;
  const i = path.points.findIndex((point) => passed <= point.at_ms);
  if (i < 0) return last;
  const [before, next] = [path.points[i - 1], path.points[i]!];
  return before ? between(before, next, (passed - before.at_ms) / (next.at_ms - before.at_ms)) : next;
}

/** A turn takes the shorter way. */
function between(from: Held, to: Held, share: number): Held {
  const turn = ((to.heading - from.heading + 540) % 360) - 180;
  return {
    beta: from.beta + (to.beta - from.beta) * share,
    gamma: from.gamma + (to.gamma - from.gamma) * share,
    heading: (from.heading + turn * share + 360) % 360,
  };
}

/** The movements that the panel offers, from how the device is held now. */
export const MOVEMENTS = {
  rock: ({ beta, heading }: Held): MotionPoint[] => [-30, 30, -30].map((gamma, i) => ({ at_ms: i * 800, beta, gamma, heading })),
  nod: ({ gamma, heading }: Held): MotionPoint[] => [15, 75, 15].map((beta, i) => ({ at_ms: i * 1_000, beta, gamma, heading })),
  turn: ({ beta, gamma, heading }: Held): MotionPoint[] =>
    [0, 1, 2, 3, 4].map((quarter) => ({ at_ms: quarter * 1_500, beta, gamma, heading: (heading + quarter * 90) % 360 })),
} as const;

export type MovementName = keyof typeof MOVEMENTS;

/** The most points of a movement that the server takes, and the least time between two recorded ones, in ms. */
const MOST = 1_000;
const EVERY_MS = 50;
/** A longer time without a change is a rest, in ms. */
const REST_MS = 250;

/** Records how the device is held, until it has as many points as a movement can have. */
export class Recording {
  readonly points: MotionPoint[] = [];
  private readonly began: number;

  constructor(
    first: Held,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.began = now();
    this.add(first);
  }

  add(held: Held): void {
    const at_ms = Math.round(this.now() - this.began);
    const last = this.points.at(-1);
    if (this.points.length >= MOST - 1 || (last && at_ms < last.at_ms + EVERY_MS)) return;
    // A rest is a point of its own: otherwise the device would turn slowly all the while.
    if (last && at_ms > last.at_ms + REST_MS) this.points.push({ ...last, at_ms: at_ms - EVERY_MS });
    this.points.push({ at_ms, beta: held.beta, gamma: held.gamma, heading: held.heading });
  }

  /** Returns the movement, which ends as the device is held now. It has two points at least. */
  end(held: Held): MotionPoint[] {
    const last = this.points.at(-1)!;
    const at_ms = Math.max(Math.round(this.now() - this.began), last.at_ms + 1);
    return [...this.points.slice(0, MOST - 1), { at_ms, beta: held.beta, gamma: held.gamma, heading: held.heading }];
  }
}
