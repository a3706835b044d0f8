import { openChromium } from "./chromium.mjs";
import { openFirefox } from "./firefox.mjs";
import { Page } from "./scope.mjs";
import { openWebKit } from "./webkit.mjs";

const open = { Chromium: openChromium, Firefox: openFirefox, WebKit: openWebKit };

/** The browsers in which the main tests run. SELASAR_BROWSERS=Firefox,WebKit selects some. */
export const ENGINES = process.env.SELASAR_BROWSERS?.split(",") ?? Object.keys(open);

/** Opens a browser: `newPage({ width, height })` returns a {@link Page} that shares nothing with another one. */
export async function openEngine(name) {
  const browser = await open[name]();
  return {
    name,
    isEngine: true,
    newPage: async (size) => new Page(await browser.newPage(size)),
    close: () => browser.close(),
  };
}
