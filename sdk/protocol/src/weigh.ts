import { MAX_BYTES, MAX_DEPTH } from "./limits.js";

/** Why parameters cannot travel on. */
export type Excess = "deep" | "large" | "not JSON";

/**
 * Judges parameters before they are turned into JSON. A structured clone keeps shared references, so a message of a few
 * hundred bytes can stand for gigabytes of JSON: the walk stops as soon as it has seen more than the limit.
 * What passes has at most {@link MAX_DEPTH} levels; its exact size is for {@link jsonBytes} to say.
 */
export function weigh(params: unknown): Excess | undefined {
  let seen = 0;
  const walk = (value: unknown, levels: number): Excess | undefined => {
    seen += typeof value === "string" ? value.length + 2 : 1;
    if (seen > MAX_BYTES) return "large";
    if (typeof value === "bigint") return "not JSON";
    if (typeof value !== "object" || value === null) return undefined;
    if (levels === 0) return "deep";
    if (ArrayBuffer.isView(value)) return "not JSON";
    for (const key in value) {
      seen += key.length;
      const excess = walk((value as Record<string, unknown>)[key], levels - 1);
      if (excess) return excess;
    }
    return undefined;
  };
  return walk(params, MAX_DEPTH);
}

/** The size of a text in bytes of UTF-8; measured only when it could be over the limit. */
export const jsonBytes = (text: string): number =>
  text.length * 3 <= MAX_BYTES ? text.length : new TextEncoder().encode(text).length;
