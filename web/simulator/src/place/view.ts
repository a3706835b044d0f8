import type { Place } from "../control/shapes";
import { REGION } from "./region";

/** What the drawing shows: a centre, and how many degrees of longitude from edge to edge. */
export interface View extends Place {
  span: number;
}

export const WHOLE = REGION.east - REGION.west;
const ASPECT = WHOLE / (REGION.north - REGION.south);
/** From the whole region to a few streets. */
export const SPANS = [WHOLE, 16, 5, 1.5, 0.4, 0.1, 0.03] as const;

export interface Box {
  west: number;
  north: number;
  width: number;
  height: number;
}

/** The rectangle of a view in degrees, kept within the region. */
export function boxOf({ latitude, longitude, span }: View): Box {
  const width = Math.min(span, WHOLE);
  const height = width / ASPECT;
  return {
    west: clamp(longitude - width / 2, REGION.west, REGION.east - width),
    north: clamp(latitude + height / 2, REGION.south + height, REGION.north),
    width,
    height,
  };
}

const clamp = (value: number, low: number, high: number) => Math.min(Math.max(value, low), high);

/** The place under a point of the drawing, given as shares of its width and height. */
export function placeAt(box: Box, x: number, y: number): Place {
  return { longitude: box.west + x * box.width, latitude: box.north - y * box.height };
}

/** Whole steps for lines of latitude and longitude, some eight across. */
export function gridStep(span: number): number {
  const steps = [10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005];
  return steps.find((step) => span / step >= 5) ?? 0.005;
}

export function gridLines(from: number, to: number, step: number): number[] {
  const lines: number[] = [];
  for (let n = Math.ceil(from / step); n * step <= to; n++) lines.push(Number((n * step).toFixed(4)));
  return lines;
}
