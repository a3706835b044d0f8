/** What the reader chose for the page itself. Kept in the browser, never on the server. */
export interface Settings {
  theme: "system" | "light" | "dark";
  /** The panels' language. The phone's own comes from the simulated device's locale. */
  language: "en" | "id";
  /** Whether single keys such as `r` act; someone who dictates text switches them off. */
  keys: boolean;
}

const KEY = "selasar.settings";

/** The stored settings, or what the browser's own preferences suggest. A browser that refuses storage gets the defaults. */
export function readSettings(): Settings {
  const defaults: Settings = {
    theme: "system",
    // Node 20, in which tests import this module, has no navigator.
    language: globalThis.navigator?.language.toLowerCase().startsWith("id") ? "id" : "en",
    keys: true,
  };
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    return validated(stored, defaults);
  } catch {
    return defaults;
  }
}

export function writeSettings(settings: Settings): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(settings));
  } catch {
    // Private windows may refuse: the choice then lasts as long as the page.
  }
}

function validated(stored: unknown, defaults: Settings): Settings {
  if (typeof stored !== "object" || stored === null) return defaults;
  const { theme, language, keys } = stored as Record<string, unknown>;
  return {
    theme: theme === "light" || theme === "dark" ? theme : defaults.theme,
    language: language === "en" || language === "id" ? language : defaults.language,
    keys: typeof keys === "boolean" ? keys : defaults.keys,
  };
}
