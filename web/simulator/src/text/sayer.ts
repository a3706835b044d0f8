import { createSayers, type Say as SayOf } from "@selasar/ui/text/sayer";
import type { Language } from "@selasar/ui/text/text";
import { CATALOGUE, type TextKey } from "./catalogue";

export type { Language } from "@selasar/ui/text/text";

/** Returns a text of the page. */
export type Say = SayOf<TextKey>;

const sayers = createSayers(CATALOGUE);

export function sayIn(language: Language): Say {
  return sayers[language];
}
