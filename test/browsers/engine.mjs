import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe } from "node:test";
import { ENGINES, openEngine } from "../support/browser/engines.mjs";

/**
 * Describes the same tests in Chromium, Firefox and WebKit. The browser starts once for all of them, and each test gets a new page.
 * @param start starts the server and returns it, once for the file
 * @param tests defines the tests; it gets an object with `name`, `page`, `selasar` and `expected`, filled before each test
 */
export function inEveryBrowser(start, tests) {
  let selasar;
  before(async () => {
    selasar = await start();
  });
  after(() => selasar?.stop());
  for (const name of ENGINES) {
    describe(`in ${name}`, () => {
      const its = { name };
      let browser;
      before(async () => {
        browser = await openEngine(name);
      });
      after(() => browser?.close());
      beforeEach(async () => {
        await selasar.control("POST", "/reset", {});
        Object.assign(its, { selasar, page: await browser.newPage(), expected: undefined });
      });
      afterEach(async () => {
        const problems = its.page.problems.filter((problem) => !its.expected?.test(problem));
        await its.page.close();
        assert.deepEqual(problems, [], "no error in the page");
      });
      tests(its);
    });
  }
}
