/** How a phone is held, in degrees: beta turns about its x axis, then gamma about its y axis (W3C Device Orientation). */
export interface Tilt {
  beta: number;
  gamma: number;
}

type Vector = readonly [number, number, number];

/** Returns CSS that draws the phone as its holder sees it: right stays right, and up is up. */
export function cssMatrix({ beta, gamma }: Tilt): string {
  const [sb, cb] = [Math.sin(beta * DEGREE), Math.cos(beta * DEGREE)];
  const [sg, cg] = [Math.sin(gamma * DEGREE), Math.cos(gamma * DEGREE)];
  // The phone's right, bottom and front, each as right, away from the holder, and up.
  const axes: Vector[] = [
    [cg, sb * sg, -cb * sg],
    [0, -cb, -sb],
    [sg, -sb * cg, cb * cg],
  ];
  // In CSS: right, down, towards the holder.
  const columns = axes.map(([right, away, up]) => [right, -up, -away, 0].map((part) => part.toFixed(5)).join(","));
  return `matrix3d(${columns.join(",")},0,0,0,1)`;
}

const DEGREE = Math.PI / 180;

/** Returns an angle in [-180, 180). */
export const turn = (degrees: number): number => ((((degrees + 180) % 360) + 360) % 360) - 180;

/** Returns an angle in [0, 360). */
export const headingIn = (degrees: number): number => ((degrees % 360) + 360) % 360;

export const within = (value: number, limit: number): number => Math.min(Math.max(value, -limit), limit);

/** The named positions. */
export const POSITIONS = {
  flat: { beta: 0, gamma: 0 },
  upright: { beta: 90, gamma: 0 },
  reading: { beta: 45, gamma: 0 },
  onSide: { beta: 0, gamma: 90 },
  faceDown: { beta: 180, gamma: 0 },
} as const;

export type PositionName = keyof typeof POSITIONS;
