import { chromium } from "playwright-core";
import { slowed } from "./slow.mjs";

export const executablePath = process.env.SELASAR_CHROMIUM ?? "/usr/bin/chromium";
export const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Opens a real Chromium. Every name under .example resolves to this machine. */
export const openBrowser = (...more) =>
  chromium.launch({ executablePath, headless: true, args: [...FLAGS, "--host-resolver-rules=MAP *.example 127.0.0.1", ...more] });

/**
 * Opens a page. `page.problems` collects the page's exceptions, and must stay empty.
 * @param owner a context, or a browser: then the page gets a separate context with these options
 */
export async function openPage(owner, options) {
  const page = await slowed(await owner.newPage(options));
  page.setDefaultTimeout(60_000);
  page.problems = [];
  page.on("pageerror", (error) => page.problems.push(error.stack ?? String(error)));
  return page;
}

/** Opens a page whose `page.problems` also collects the errors in the console. */
export async function openStrictPage(owner, options) {
  const page = await openPage(owner, options);
  page.on("console", (message) => message.type() === "error" && page.problems.push(message.text()));
  return page;
}

/** Returns the frame of a page once it shows the given URL. */
export async function frameAt(page, url) {
  const find = () => page.frames().find((frame) => frame !== page.mainFrame() && frame.url().startsWith(url));
  if (!find()) await page.waitForEvent("framenavigated", { predicate: () => Boolean(find()) });
  const frame = find();
  await frame.waitForLoadState("load");
  return frame;
}
