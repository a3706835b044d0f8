import type { DialectEvent } from "@selasar/protocol";

/**
 * Dispatches an event of the super app on `document`. Its payload stands in `param` and in `detail`, because the
 * documentation reads both. It does not bubble, as in the underlying container; a variant changes each.
 */
export function dispatch({ name, data, variants = {} }: DialectEvent): void {
  const where = variants.events ?? "param+detail";
  const event = new CustomEvent(name, {
    cancelable: true,
    bubbles: variants["events-bubble"] === "yes",
    detail: where.includes("detail") ? data : null,
  });
  if (where.includes("param")) Object.assign(event, { param: data });
  document.dispatchEvent(event);
}
