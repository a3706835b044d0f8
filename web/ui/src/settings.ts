import { readSettings, writeSettings, type Settings } from "./settings-stored";
import { createStore } from "./store";

export const settings = createStore<Settings>(readSettings());

settings.subscribe(() => {
  const { theme, language } = settings.get();
  const root = document.documentElement;
  if (theme === "system") delete root.dataset["theme"];
  else root.dataset["theme"] = theme;
  root.lang = language;
  writeSettings(settings.get());
});

export function changeSettings(change: Partial<Settings>): void {
  settings.change((now) => ({ ...now, ...change }));
}
