import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach } from "node:test";
import { openBrowser, openStrictPage } from "./browser.mjs";

/**
 * A real server and a real Chromium for the tests of a file. Each test gets a platform after a reset, and a new page;
 * it fails after an error in the page. A test that causes an error sets `platform.expected` to a pattern.
 * @param options.start starts the server and its requirements; `options.stop` ends everything else that `start` has opened
 * @param options.context the browser context of each page
 * @param options.dress adds members to the platform that the tests of a file use, before each test
 * @returns the platform, filled before each test: `selasar`, `control`, `page`, `context`, `problems`
 */
export function usePlatform({ start, stop = () => {}, context, dress = () => {} }) {
  const platform = { expected: undefined };
  let browser;
  before(async () => {
    platform.selasar = await start();
    browser = await openBrowser();
  });
  after(async () => {
    await browser?.close();
    await platform.selasar?.stop();
    await stop();
  });
  beforeEach(async () => {
    const { selasar } = platform;
    await selasar.control("POST", "/reset", {});
    const owner = await browser.newContext({ locale: "en-GB", ...context });
    const page = await openStrictPage(owner);
    Object.assign(platform, { page, problems: page.problems, context: owner, control: selasar.control, expected: undefined });
    await dress(platform);
  });
  afterEach(async () => {
    const { expected } = platform;
    await platform.context.close();
    const problems = platform.problems.filter((problem) => !expected?.test(problem));
    assert.deepEqual(problems, [], "no error in the page");
  });
  return platform;
}
