import type { Variants } from "../control/shapes";

export type VariantName = keyof Variants;

/** The compiler refuses a list that lacks a variant or a reading, or has one too many. */
const READINGS: { readonly [N in VariantName]-?: Readonly<Record<NonNullable<Variants[N]>, true>> } = {
  "error-keys": { snake: true, camel: true, both: true },
  data: { object: true, string: true },
  events: { "param+detail": true, param: true, detail: true },
  "events-bubble": { no: true, yes: true },
  "success-scope": { both: true, top: true, data: true },
  "payment-status": { "trigger-payment": true, container: true },
  rooted: { string: true, boolean: true },
  codes: { string: true, number: true },
  "not-found": { object: true, string: true },
};

/** The names of the variants, in the order of `internal/miniapp/variant.go`. */
export const VARIANTS = Object.keys(READINGS) as VariantName[];

export const readingsOf = (name: VariantName): string[] => Object.keys(READINGS[name]);
