import { chromium } from "playwright-core";
import { slowed } from "../../slow.mjs";

const executablePath = process.env.SELASAR_CHROMIUM ?? "/usr/bin/chromium";

/** A real Chromium; every name under .example is this machine. */
export const openBrowser = (...more) =>
  chromium.launch({
    executablePath,
    headless: true,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--host-resolver-rules=MAP *.example 127.0.0.1",
      ...more,
    ],
  });

/** A page that collects what went wrong in it: `page.problems` must stay empty. */
export async function openPage(browser) {
  const page = await slowed(await browser.newPage());
  page.setDefaultTimeout(60_000);
  page.problems = [];
  page.on("pageerror", (error) => page.problems.push(error.stack ?? String(error)));
  return page;
}

/** The frame of a page once it shows the given address. */
export async function frameAt(page, url) {
  const find = () => page.frames().find((frame) => frame !== page.mainFrame() && frame.url().startsWith(url));
  if (!find()) await page.waitForEvent("framenavigated", { predicate: () => Boolean(find()) });
  const frame = find();
  await frame.waitForLoadState("load");
  return frame;
}
