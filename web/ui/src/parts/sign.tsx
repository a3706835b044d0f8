import type { JSX } from "preact";

/** Icons on a 16 px grid, in the colour of the surrounding text. Screen readers skip them, because a word always accompanies them. */
const PATHS = {
  back: "M10 3 5 8l5 5",
  close: "m4 4 8 8M12 4l-8 8",
  down: "m4 6 4 4 4-4",
  right: "m6 4 4 4-4 4",
  check: "m3 8.5 3.5 3.5L13 5",
  cross: "m4 4 8 8M12 4l-8 8",
  dash: "M4 8h8",
  copy: "M6 5.5h6.5v8H6zM10 5.5V2.5H3.5v8H6",
  clock: "M8 14.5A6.5 6.5 0 1 0 8 1.5a6.5 6.5 0 0 0 0 13M8 4.5V8l2.5 1.5",
  theme: "M8 14.5A6.5 6.5 0 1 0 8 1.5zM8 1.5v13",
  reload: "M13 8a5 5 0 1 1-1.5-3.6M13 2v3h-3",
  plus: "M8 3v10M3 8h10",
  minus: "M3 8h10",
  warn: "M8 2 1.5 13.5h13zM8 6.5v3.5M8 11.8v.2",
  pin: "M8 14.5S3 9.8 3 6.5a5 5 0 0 1 10 0c0 3.3-5 8-5 8M8 8a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3",
  wallet: "M2 4.5h11.5v9H2zM2 4.5 10.5 2v2.5M10.5 9h3",
  lock: "M4 7.5h8v6H4zM5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5",
  erase: "M6 4h8v8H6L2.5 8zM8.5 6.5l3 3M11.5 6.5l-3 3",
  panels: "M2 3.5h12v9H2zM2 6.5h12",
  out: "M6 3.5H3v9.5h9.5V10M9 3h4v4M13 3 7.5 8.5",
  bell: "M3 11.5h10c-1.2-1-1.5-2.2-1.5-4.5a3.5 3.5 0 0 0-7 0c0 2.3-.3 3.5-1.5 4.5M6.5 13.5a1.6 1.6 0 0 0 3 0",
  vibrate: "M5.5 3h5v10h-5zM3 5.5 2 8l1 2.5M13 5.5 14 8l-1 2.5",
  file: "M4 1.5h5.5L13 5v9.5H4zM9.5 1.5V5H13",
  share: "M8 10V2M5 4.5 8 2l3 2.5M3.5 8v5.5h9V8",
  eye: "M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8M8 10a2 2 0 1 0 0-4 2 2 0 0 0 0 4",
} as const;

export type SignName = keyof typeof PATHS;

export function Sign({ name, size = 16 }: { name: SignName; size?: number }): JSX.Element {
  return (
    <svg
      class="sign"
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      stroke-width="1.5"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
