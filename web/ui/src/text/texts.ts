import type { Text } from "./text";

/** The texts of the shared parts and formats. */
export const texts = {
  copied: ["Copied", "Tersalin"],
  refused_copy: ["Not copied", "Tidak tersalin"],
  showLess: ["show less", "ringkas"],
  moreCharacters: ["{n} more characters", "{n} karakter lagi"],
  items: ["items: {n}", "butir: {n}"],
  fields: ["fields: {n}", "isian: {n}"],
  value: ["value", "nilai"],
  moreItems: ["{n} more", "{n} lagi"],
  unit_ms: ["ms", "ms"],
  unit_s: ["s", "dtk"],
  unit_min: ["min", "mnt"],
  unit_h: ["h", "jam"],
  unit_d: ["d", "hari"],
  decimalSign: [".", ","],
} as const satisfies Record<string, Text>;
