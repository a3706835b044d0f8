import { texts as parts } from "@selasar/ui/text/texts";
import { bar } from "./bar";
import { codes } from "./codes";
import { container } from "./container";
import { journal } from "./journal";
import { panels } from "./panels";
import { phone } from "./phone";
import { webviewPanel, webviewPhone } from "./webview";
import type { Text } from "@selasar/ui/text/text";

/** All texts of the page by subject. The panels use the reader's language, the phone uses the device's. */
const texts = { ...parts, ...phone, ...bar, ...panels, ...journal, ...codes, ...container, ...webviewPanel, ...webviewPhone };

/** The keys that occur in more than one part. */
type Twice<Parts extends readonly object[], Before = never> = Parts extends readonly [infer Part, ...infer Rest extends readonly object[]]
  ? (keyof Part & Before) | Twice<Rest, Before | keyof Part>
  : never;
/** Causes a type error if there are any such keys. */
type None<Keys extends never> = Keys;

export type TextKey =
  | keyof typeof texts
  | None<
      Twice<
        [
          typeof parts,
          typeof phone,
          typeof bar,
          typeof panels,
          typeof journal,
          typeof codes,
          typeof container,
          typeof webviewPanel,
          typeof webviewPhone,
        ]
      >
    >;

export const CATALOGUE: Record<TextKey, Text> = texts;
