import { inPage, locate } from "./locate.mjs";

/** The limit of a wait, in ms. A correct page needs a small part of it, also on a loaded machine. */
const PATIENCE = 180_000;

/** Polls until the value is true. An error counts as false: the document may be in replacement. */
async function eventually(what, read) {
  let last;
  for (const limit = Date.now() + PATIENCE; Date.now() < limit; ) {
    try {
      last = undefined;
      const value = await read();
      if (value) return value;
    } catch (error) {
      last = error;
    }
    await new Promise((again) => setTimeout(again, 20));
  }
  throw new Error(`still not true after ${PATIENCE / 1000} s: ${what}`, { cause: last });
}

/**
 * A document of a page: the top document, or the document in one of its frames. All three browsers have the same scopes.
 * Functions run in the document; their argument and their result pass through JSON.
 */
export class Scope {
  #driver;
  #path;

  /** @param path the selectors that lead from the top document to this frame */
  constructor(driver, path = []) {
    this.#driver = driver;
    this.#path = path;
  }

  /** Returns the document in the frame that the selector finds. It needs no document yet: each action finds it again. */
  frame(selector = "iframe") {
    return new Scope(this.#driver, [...this.#path, selector]);
  }

  /** Runs a function or an expression in the document, waits for its promise, and returns the value. */
  async evaluate(code, argument) {
    const { value, error } = JSON.parse(await this.#driver.run(this.#path, inPage(code, argument)));
    if (error !== undefined) throw new Error(error);
    return value;
  }

  /** Waits until the function or expression returns a true value, and returns the value. It may run in a new document each time. */
  async waitForFunction(code, argument, what = String(code)) {
    return eventually(what, () => this.evaluate(code, argument));
  }

  /** Finds visible elements by role and accessible name; a text is an exact name, a pattern may match a part of it. */
  role(role, name) {
    return new Target(this, this.#driver, { role, ...pattern(name) });
  }

  button(name) {
    return this.role("button", name);
  }

  /** Finds visible elements by selector, with the text if it is given. */
  css(selector, text) {
    return new Target(this, this.#driver, { css: selector, ...pattern(text) });
  }

  /** Returns the position of the frame's document in the window, in CSS pixels. */
  async corner() {
    const at = { x: 0, y: 0 };
    for (let depth = 0; depth < this.#path.length; depth++) {
      const box = await new Scope(this.#driver, this.#path.slice(0, depth)).evaluate((selector) => {
        const frame = document.querySelector(selector);
        const { left, top } = frame.getBoundingClientRect();
        return { x: left + frame.clientLeft, y: top + frame.clientTop };
      }, this.#path[depth]);
      at.x += box.x;
      at.y += box.y;
    }
    return at;
  }
}

/** The top document of a page, and what a person does in its window. */
export class Page extends Scope {
  #driver;

  constructor(driver) {
    super(driver);
    this.#driver = driver;
  }

  /** The errors of the page, as far as the browser reports them. */
  get problems() {
    return this.#driver.problems;
  }

  goto(url) {
    return this.#driver.goto(url);
  }

  reload() {
    return this.#driver.reload();
  }

  /** Presses the keys of a text, one after another. */
  async type(text) {
    for (const key of text) await this.#driver.press(key);
  }

  /** Presses a key by its name in KeyboardEvent.key, or Shift+Tab. */
  press(key) {
    return this.#driver.press(key);
  }

  /** Presses Tab until the element that it finds has the focus. */
  async tabTo(target) {
    for (let i = 0; i < 60; i++) {
      if (await target.focused()) return;
      await this.press("Tab");
    }
    throw new Error(`60 presses of Tab do not reach ${target}`);
  }

  close() {
    return this.#driver.close();
  }
}

/** The first visible element that a scope finds. */
class Target {
  #scope;
  #driver;
  #what;

  constructor(scope, driver, what) {
    this.#scope = scope;
    this.#driver = driver;
    this.#what = what;
  }

  toString() {
    return JSON.stringify(this.#what);
  }

  waitFor() {
    return this.#scope.waitForFunction(locate, { ...this.#what, as: "seen" }, `seen ${this}`);
  }

  /** Waits until the document has no such visible element. */
  gone() {
    return this.#scope.waitForFunction(locate, { ...this.#what, as: "gone" }, `gone ${this}`);
  }

  text() {
    return this.#scope.waitForFunction(locate, { ...this.#what, as: "text" }, `text ${this}`);
  }

  focused() {
    return this.#scope.evaluate(locate, { ...this.#what, as: "focused" });
  }

  waitForFocus() {
    return this.#scope.waitForFunction(locate, { ...this.#what, as: "focused" }, `focused ${this}`);
  }

  /** Waits until the element is enabled, stands still and is not covered. Then presses the pointer on its middle. */
  async click() {
    let before;
    const spot = await eventually(`click ${this}`, async () => {
      const now = await this.#scope.evaluate(locate, { ...this.#what, as: "spot" });
      const still = now && before && now.x === before.x && now.y === before.y;
      before = now;
      return still && now;
    });
    const corner = await this.#scope.corner();
    await this.#driver.click(Math.round(corner.x + spot.x), Math.round(corner.y + spot.y));
  }
}

const pattern = (text) => (text instanceof RegExp ? { pattern: text.source, flags: text.flags } : text === undefined ? {} : { text });
