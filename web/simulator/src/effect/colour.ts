/** A colour that a mini app may set, as CSS reads it. Only this module makes one. */
export type Colour = string & { readonly colour: unique symbol };

const FORM = /^#(?:[0-9a-f]{6}|[0-9a-f]{8})$/i;

/** Returns a colour of the form `#RRGGBB` or `#RRGGBBAA`, and nothing for any other text: no other text reaches CSS. */
export function colourOf(text: unknown): Colour | undefined {
  return typeof text === "string" && FORM.test(text) ? (text as Colour) : undefined;
}

/** Reports whether dark signs are readable on a colour. A translucent colour is judged as if white were below it. */
export function isLight(colour: Colour): boolean {
  const [red, green, blue, alpha] = [1, 3, 5, 7].map((at) => parseInt(colour.slice(at, at + 2) || "ff", 16) / 255) as [
    number,
    number,
    number,
    number,
  ];
  const over = (part: number) => linear(part * alpha + (1 - alpha));
  return 0.2126 * over(red) + 0.7152 * over(green) + 0.0722 * over(blue) > 0.18;
}

/** The linear light of a part of an sRGB colour (IEC 61966-2-1). */
const linear = (part: number) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
