const UNITS = ["B", "KiB", "MiB"] as const;

/** Returns a number of bytes for a reader: 512 B, 48 KiB, 3.2 MiB. */
export function fileSize(bytes: number): string {
  let value = bytes;
  let unit = 0;
  for (; value >= 1_024 && unit < UNITS.length - 1; unit++) value /= 1_024;
  return `${unit > 0 && value < 10 ? value.toFixed(1) : Math.round(value)} ${UNITS[unit]}`;
}
