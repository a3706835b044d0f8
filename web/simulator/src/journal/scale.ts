import type { Span } from "./span";

/** A tick of the scale: its place from 0 to 1, and the time since the first span, in milliseconds. */
export interface Tick {
  x: number;
  /** True if the tick is also shown where there is little room. */
  major: boolean;
  after: number;
}

/**
 * One scale for milliseconds of machines and minutes of people. Between two moments at which something begins or ends, the width
 * grows with the logarithm of the time: every bar can be seen, and order and proportion within a stretch are kept.
 */
export interface Scale {
  /** Returns the place of a moment, from 0 to 1. */
  x(at: number): number;
  ticks: Tick[];
}

/** The time that gets one unit of width, in milliseconds. */
const UNIT_MS = 4;
/** The least distance of two ticks, and of two major ones. */
const APART = 0.16;
const MAJOR_APART = 0.5;

export function createScale(spans: readonly Span[]): Scale {
  const moments = [...new Set(spans.flatMap(({ from, to, waits }) => [from, to, ...waits.flatMap((w) => [w.from, w.to])]))].sort(
    (a, b) => a - b,
  );
  const places = [0];
  for (let i = 1; i < moments.length; i++) places.push(places[i - 1]! + Math.log2(1 + (moments[i]! - moments[i - 1]!) / UNIT_MS));
  const whole = places.at(-1) || 1;
  const x = (at: number) => {
    const next = firstAfter(moments, at);
    if (next === 0) return 0;
    if (next === moments.length) return places.at(-1)! / whole;
    const share = (at - moments[next - 1]!) / (moments[next]! - moments[next - 1]!);
    return (places[next - 1]! + share * (places[next]! - places[next - 1]!)) / whole;
  };
  return { x, ticks: ticksOf(spans, x) };
}

function ticksOf(spans: readonly Span[], x: (at: number) => number): Tick[] {
  const ticks: Tick[] = [];
  let major = -1;
  for (const { from } of spans) {
    const place = x(from);
    const last = ticks.at(-1);
    if ((last && place - last.x < APART) || place > 1 - APART / 2) continue;
    const isMajor = place - major >= MAJOR_APART && (major < 0 || place <= 1 - MAJOR_APART / 2);
    if (isMajor) major = place;
    ticks.push({ x: place, major: isMajor, after: from - spans[0]!.from });
  }
  return ticks;
}

/** Returns the index of the first moment after `at`. */
function firstAfter(moments: readonly number[], at: number): number {
  let low = 0;
  let high = moments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (moments[middle]! <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}
