// How PHP and Java write texts and times, by the rules of spec/vectors/clients.

/** Writes a value like PHP's json_encode without flags. */
export const phpJSON = (value) => ascii(JSON.stringify(value).replaceAll("/", "\\/"), /[\u0080-\uffff]/g);

/** Writes a value like PHP's json_encode with JSON_UNESCAPED_SLASHES and JSON_UNESCAPED_UNICODE. */
export const phpPlainJSON = (value) => ascii(JSON.stringify(value), /[\u2028\u2029]/g);

const ascii = (text, which) => text.replace(which, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);

/** Writes a time like PHP's date("c"), at an offset in minutes. */
export function phpTime(seconds, offset) {
  const pad = (number) => String(number).padStart(2, "0");
  const local = new Date((seconds + offset * 60) * 1000).toISOString().slice(0, 19);
  const minutes = Math.abs(offset);
  return `${local}${offset < 0 ? "-" : "+"}${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
}

/** Writes a time like Java's Instant.toString(). */
export function javaTime(seconds, nanos) {
  const digits = String(nanos)
    .padStart(9, "0")
    .replace(/(000)+$/, "");
  return `${new Date(seconds * 1000).toISOString().slice(0, 19)}${digits && `.${digits}`}Z`;
}

/** The forms of a body that the example receivers hash. */
export const HASHED = {
  json_encode: (body) => phpJSON(JSON.parse(body)),
  "without white space": (body) => body.replace(/[ \t\n\v\f\r]+/g, ""),
};
