import type { Language, Text } from "./text";

/** Returns a text of a catalogue; `{name}` in it is replaced by the value of that name. */
export type Say<Key extends string> = (key: Key, values?: Record<string, string | number>) => string;

/** Returns the two functions of a page's catalogue, one for each language. */
export function createSayers<Key extends string>(catalogue: Record<Key, Text>): Record<Language, Say<Key>> {
  const sayer =
    (column: 0 | 1): Say<Key> =>
    (key, values = {}) =>
      catalogue[key][column].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
  return { en: sayer(0), id: sayer(1) };
}
