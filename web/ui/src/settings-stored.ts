/** The reader's settings of the page. The browser stores them, never the server. */
export interface Settings {
  theme: "system" | "light" | "dark";
  /** The panels' language. The phone's language is the simulated device's locale. */
  language: "en" | "id";
  /** Whether single keys such as `r` work; a reader who dictates text can switch them off. */
  keys: boolean;
}

const KEY = "selasar.settings";

/** Returns the stored settings, or the browser's own preferences. A browser that refuses storage gets the defaults. */
export function readSettings(): Settings {
  const defaults: Settings = {
    theme: "system",
    // Node 20, in which the tests import this module, has no navigator.
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
    // A private window may refuse storage: the setting then lasts as long as the page.
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
