import { MAX_BYTES, MAX_DEPTH } from "./limits.js";

/** Why parameters cannot be sent. */
export type Excess = "deep" | "large" | "not JSON";

/**
 * Checks parameters before they are turned into JSON. A structured clone keeps shared references and the holes of an array,
 * so a message of a few hundred bytes can expand to gigabytes of JSON. The walk stops as soon as it has counted more than the
 * limit. It never counts more bytes than the JSON has. A message that passes has at most {@link MAX_DEPTH} levels; {@link jsonBytes}
 * returns its exact size.
 */
export function weigh(params: unknown): Excess | undefined {
  let seen = 0;
  const walk = (value: unknown, levels: number): Excess | undefined => {
    const text = typeof value === "string" || value instanceof String;
    seen += text ? value.length + 2 : 1;
    if (seen > MAX_BYTES) return "large";
    if (isUnknownToJSON(value)) return "not JSON";
    if (text || typeof value !== "object" || value === null) return undefined;
    if (levels === 0) return "deep";
    return Array.isArray(value) ? walkArray(value, levels - 1) : walkMembers(value as Record<string, unknown>, levels - 1);
  };
  const walkArray = (values: unknown[], levels: number): Excess | undefined => {
    for (let i = 0; i < values.length; i++) {
      const excess = walk(values[i], levels);
      if (excess) return excess;
    }
    return undefined;
  };
  const walkMembers = (members: Record<string, unknown>, levels: number): Excess | undefined => {
    for (const key in members) {
      const member = members[key];
      if (member === undefined) continue; // the JSON has no such member
      seen += key.length;
      const excess = walk(member, levels);
      if (excess) return excess;
    }
    return undefined;
  };
  return walk(params, MAX_DEPTH);
}

/** Reports values at which `JSON.stringify` throws, or which it drops or turns into an object of numbers. */
const isUnknownToJSON = (value: unknown): boolean =>
  typeof value === "bigint" ||
  typeof value === "function" ||
  typeof value === "symbol" ||
  value instanceof BigInt ||
  value instanceof ArrayBuffer ||
  ArrayBuffer.isView(value);

/** Returns the size of a string in bytes of UTF-8; exact only when it could exceed the limit. */
export const jsonBytes = (text: string): number => (text.length * 3 <= MAX_BYTES ? text.length : new TextEncoder().encode(text).length);
