import { createStore } from "@selasar/ui/store";
import { colourOf, isLight, type Colour } from "./colour";

/** The options that a mini app gives to GPNavigationBar.update. */
export interface BarOptions {
  title?: string;
  title_color?: string;
  background_color?: string;
  bar_style?: string;
  hide_back_button?: boolean;
  theme?: string;
}

/** How the title bar looks. */
export interface BarLook {
  title: string | undefined;
  /** The title's colour. */
  title_color: Colour | undefined;
  background: Colour | undefined;
  /** The tone of the buttons: that of the theme, or what can be read on the background. */
  buttons: "light" | "dark" | undefined;
  /** The bar lies over the page; otherwise the page begins below it. */
  floats: boolean;
  back: boolean;
}

/** Returns the look that options describe. Options that are missing or wrong leave the super app's own look. */
export function lookOf(options: BarOptions): BarLook {
  const background = colourOf(options.background_color);
  const theme = options.theme === "light" || options.theme === "dark" ? options.theme : undefined;
  return {
    title: options.title,
    title_color: colourOf(options.title_color),
    background,
    buttons: theme ?? (background && (isLight(background) ? "dark" : "light")),
    floats: options.bar_style === "float",
    back: options.hide_back_button !== true,
  };
}

/** The bar of the open launch. */
export const barOptions = createStore<BarOptions>({});

/** Changes the given options of the bar; an absent one stays as it is. */
export function changeBar(options: BarOptions): void {
  barOptions.change((now) => ({ ...now, ...options }));
}
