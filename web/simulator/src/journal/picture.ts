import { createScale, type Scale } from "./scale";
import { causesOf, type Span } from "./span";

/** A line from a cause to an effect, where it crosses a row. Places are from 0 to 1. */
export interface Thread {
  x: number;
  part: "begin" | "through" | "end";
  /** The end of the cause's bar, from which the line comes, if the effect begins after it. */
  from?: number | undefined;
}

/** Rows on one time scale. */
export interface Picture {
  spans: readonly Span[];
  scale: Scale;
  threads: ReadonlyMap<number, Thread[]>;
}

/** A line over more rows than this would say nothing. */
const LONGEST = 40;

/** Returns the picture of spans. Threads have the index of the span whose row they cross. */
export function pictureOf(spans: readonly Span[]): Picture {
  const scale = createScale(spans);
  const threads = new Map<number, Thread[]>();
  const add = (at: number, thread: Thread) => threads.set(at, [...(threads.get(at) ?? []), thread]);
  causesOf(spans).forEach((cause, effect) => {
    if (cause < 0 || effect - cause > LONGEST) return;
    const x = scale.x(spans[effect]!.from);
    const end = scale.x(spans[cause]!.to);
    add(cause, { x, part: "begin", from: end < x ? end : undefined });
    for (let i = cause + 1; i < effect; i++) add(i, { x, part: "through" });
    add(effect, { x, part: "end" });
  });
  return { spans, scale, threads };
}
