import { CATALOGUE, type TextKey } from "./catalogue";

export type Language = "en" | "id";

/** Says a text of the catalogue; `{name}` in it is replaced by the value of that name. */
export type Say = (key: TextKey, values?: Record<string, string | number>) => string;

const sayers: Record<Language, Say> = { en: sayer(0), id: sayer(1) };

export function sayIn(language: Language): Say {
  return sayers[language];
}

function sayer(column: 0 | 1): Say {
  return (key, values = {}) => CATALOGUE[key][column].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
