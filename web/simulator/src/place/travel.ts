import type { Path, Place } from "../control/shapes";
import { grouped } from "@selasar/ui/format/money";
import { tenths } from "@selasar/ui/format/time";
import type { Say } from "../text/sayer";

const EARTH_M = 6_371_000;
const RADIANS = Math.PI / 180;

/** Returns the distance of two nearby points in metres. */
export function distance(a: Place, b: Place): number {
  const x = (b.longitude - a.longitude) * RADIANS * Math.cos(((a.latitude + b.latitude) / 2) * RADIANS);
  const y = (b.latitude - a.latitude) * RADIANS;
  return Math.hypot(x, y) * EARTH_M;
}

/** Returns the length of the path in metres; a loop includes the way back to its start. */
export function lengthOf(path: Pick<Path, "points" | "loop">): number {
  return legs(path).reduce((sum, [from, to]) => sum + distance(from, to), 0);
}

/** Returns the position on a path at a time of the simulated clock. It is an estimate; the server calculates it exactly. */
export function positionAt(path: Path, now: number): Place {
  const first = path.points[0]!;
  const whole = lengthOf(path);
  const gone = (Math.max(0, now - (path.started_at ?? now)) / 1000) * path.speed_mps;
  if (whole === 0) return first;
  let left = path.loop ? gone % whole : Math.min(gone, whole);
  for (const [from, to] of legs(path)) {
    const leg = distance(from, to);
    if (left <= leg && leg > 0) return between(from, to, left / leg);
    left -= leg;
  }
  return path.points[path.points.length - 1]!;
}

function legs({ points, loop }: Pick<Path, "points" | "loop">): [Place, Place][] {
  const pairs = points.slice(1).map((to, i): [Place, Place] => [points[i]!, to]);
  if (loop && points.length > 1) pairs.push([points[points.length - 1]!, points[0]!]);
  return pairs;
}

function between(from: Place, to: Place, share: number): Place {
  return {
    latitude: from.latitude + (to.latitude - from.latitude) * share,
    longitude: from.longitude + (to.longitude - from.longitude) * share,
  };
}

/** Returns a closed path of about two kilometres around a point, corner by corner. */
export function roundAbout({ latitude, longitude }: Place): Place[] {
  const north = 250 / (EARTH_M * RADIANS);
  const east = north / Math.cos(latitude * RADIANS);
  return [
    [1, -1],
    [1, 1],
    [-1, 1],
    [-1, -1],
  ].map(([y, x]) => round({ latitude: latitude + y! * north, longitude: longitude + x! * east }));
}

/** Rounds coordinates to a tenth of a metre. */
export function round({ latitude, longitude }: Place): Place {
  return { latitude: Number(latitude.toFixed(6)), longitude: Number(longitude.toFixed(6)) };
}

export function kilometres(metres: number, say: Say): string {
  if (metres < 1_000) return `${Math.round(metres)} m`;
  return `${metres < 20_000 ? tenths(metres / 1_000, say) : grouped(Math.round(metres / 1_000))} km`;
}
