/**
 * Runs before the first paint, as a blocking script: puts the chosen theme on the root element so that a dark page never
 * flashes white. It is a separate file because the page's content security policy allows no inline script.
 */
import { readSettings } from "@selasar/ui/settings-stored";

const { theme, language } = readSettings();
if (theme !== "system") document.documentElement.dataset["theme"] = theme;
document.documentElement.lang = language;
