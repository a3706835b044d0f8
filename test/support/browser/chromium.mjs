import { openBrowser, openPage } from "../browser.mjs";
import { isGoPay } from "./forward.mjs";

/** Opens Chromium, by playwright-core. */
export async function openChromium() {
  const browser = await openBrowser();
  return {
    async newPage({ width = 1440, height = 900 } = {}) {
      const page = await openPage(browser, { viewport: { width, height }, locale: "en-GB" });
      return new ChromiumPage(page);
    },
    close: () => browser.close(),
  };
}

/**
 * How long a key may take. A key that removes its own frame, such as Escape in an overlay, may never be reported as handled: the
 * frame's process is gone before it answers. The test goes on, and waits for what the key does.
 */
const LOST_MS = 10_000;

const after = (ms) => new Promise((resolve) => setTimeout(resolve, ms).unref());

class ChromiumPage {
  #page;

  constructor(page) {
    this.#page = page;
    this.problems = page.problems;
    page.on("console", (message) => message.type() === "error" && this.problems.push(message.text()));
    page.on("request", (request) => {
      if (isGoPay(new URL(request.url()).hostname)) this.problems.push(`the page asked for ${request.url()}`);
    });
  }

  goto = (url) => this.#page.goto(url);
  reload = () => this.#page.reload();
  press = (key) => Promise.race([this.#page.keyboard.press(key), after(LOST_MS)]);
  click = (x, y) => this.#page.mouse.click(x, y);
  close = () => this.#page.close();

  async run(path, expression) {
    let frame = this.#page.mainFrame();
    for (const selector of path) {
      const element = await frame.$(selector);
      frame = await element?.contentFrame();
      if (!frame) throw new Error(`no frame at ${selector}`);
    }
    return frame.evaluate(expression);
  }
}
