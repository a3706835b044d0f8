import type { Place } from "../control/shapes";
import { REGION } from "./region";

/** The visible part of the map: a centre, and its width in degrees of longitude. */
export interface View extends Place {
  span: number;
}

export const WHOLE = REGION.east - REGION.west;
const ASPECT = WHOLE / (REGION.north - REGION.south);
/** The steps of the zoom, from the whole region to a few streets. */
export const SPANS = [WHOLE, 16, 5, 1.5, 0.4, 0.1, 0.03] as const;

export interface Box {
  west: number;
  north: number;
  width: number;
  height: number;
}

/** Returns the rectangle of a view in degrees, limited to the region. */
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

/** Returns the location at a point of the map, given as fractions of its width and height. */
export function placeAt(box: Box, x: number, y: number): Place {
  return { longitude: box.west + x * box.width, latitude: box.north - y * box.height };
}

/** Returns a round distance for the grid's lines, about eight across. */
export function gridStep(span: number): number {
  const steps = [10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005];
  return steps.find((step) => span / step >= 5) ?? 0.005;
}

export function gridLines(from: number, to: number, step: number): number[] {
  const lines: number[] = [];
  for (let n = Math.ceil(from / step); n * step <= to; n++) lines.push(Number((n * step).toFixed(4)));
  return lines;
}
