// GPNavigator.push and pop: each page has its own frame on a stack, as each has its own WebView on a phone.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { until } from "../support/until.mjs";
import { usePhone } from "./phone.mjs";

describe("the pages of a mini app", () => {
  const phone = usePhone({ target: fileURLToPath(new URL("apps/v2", import.meta.url)) });
  const frames = () => phone.page.locator("iframe");
  const first = () => frames().first().contentFrame().locator("body");
  const shows = (name) => phone.frame().getByRole("heading", { name }).waitFor();

  /** Opens the mini app. Its first page counts what it notices. */
  async function open() {
    await phone.visit();
    await phone.button("Open Warung").click();
    await phone.button("Allow").click();
    await phone.loaded();
    await first().evaluate(() => {
      window.seen = [];
      document.addEventListener("visibilitychange", () => window.seen.push(document.visibilityState));
    });
  }

  async function push() {
    await phone.call("GPNavigator.push", { url: "/second.html" });
    await shows("Second");
    await phone.loaded();
  }

  const hash = (body) => () => body.evaluate(() => location.hash);
  const alone = () => phone.page.waitForFunction(() => document.querySelectorAll("iframe").length === 1);

  test("below a pushed one keep their state, are hidden, and return with pop", async () => {
    await open();
    await push();
    assert.deepEqual(await first().evaluate(() => [document.hidden, window.seen]), [true, ["hidden"]]);
    assert.equal(await frames().first().isVisible(), false);
    await phone.call("GPBase.getLocale", {});
    assert.equal((await phone.result()).callback, "success");
    await phone.call("GPNavigator.pop", {});
    await alone();
    assert.deepEqual(await first().evaluate(() => [document.hidden, window.seen]), [false, ["hidden", "visible"]]);
    await phone.call("GPBase.getLocale", {});
    assert.equal((await phone.result()).callback, "success");
  });

  test("close one after another with the phone's back, after the pages of their own history", async () => {
    await open();
    await first().evaluate(() => history.pushState(null, "", "#menu"));
    await push();
    await phone
      .frame()
      .locator("body")
      .evaluate(() => history.pushState(null, "", "#more"));
    await phone.button("Back").click();
    await until(hash(phone.frame().locator("body")), (now) => now === "");
    assert.equal(await frames().count(), 2);
    await phone.button("Back").click();
    await alone();
    assert.equal(await hash(first())(), "#menu", "the first page stays where it was");
    await phone.button("Back").click();
    await until(hash(first()), (now) => now === "");
    await phone.button("Back").click();
    await phone.button("Open Warung").waitFor();
  });

  test("take their own history with them when they pop", async () => {
    await open();
    await push();
    await phone
      .frame()
      .locator("body")
      .evaluate(() => history.pushState(null, "", "#more"));
    await phone.call("GPNavigator.pop", {});
    await alone();
    await phone.button("Back").click();
    await phone.button("Open Warung").waitFor();
  });

  test("pop only themselves: the first one stays, and the one above stays when a hidden one pops", async () => {
    await open();
    await phone.call("GPNavigator.pop", {});
    assert.equal((await phone.result()).callback, "success");
    await push();
    await push();
    await frames()
      .nth(1)
      .contentFrame()
      .locator("body")
      .evaluate(() => window.start("GPNavigator.pop", {}));
    await phone.page.waitForFunction(() => document.querySelectorAll("iframe").length === 2);
    await shows("Second");
    await phone.button("Back").click();
    await alone();
    await shows("Warung");
  });

  test("follow one another in a window of their own, which keeps one page", async () => {
    await phone.control("PATCH", "/answers", { consent: "allow" });
    await phone.visit();
    await phone.page
      .getByRole("button", { name: /Warung/ })
      .first()
      .click();
    const [top] = await Promise.all([phone.page.waitForEvent("popup"), phone.button("Open as top page").click()]);
    const start = (method, params) => top.evaluate((call) => window.start(...call), [method, params]);
    const shown = async (name) => {
      await top.getByRole("heading", { name }).waitFor();
      await top.locator("body[data-ready]").waitFor();
    };
    await shown("Warung");
    await start("GPNavigator.push", { url: "/second.html" });
    await shown("Second");
    await start("GPNavigator.pop", {});
    await shown("Warung");
    await start("GPNavigator.pop", {});
    await top.locator("#result").filter({ hasText: "success" }).waitFor();
    assert.equal(top.isClosed(), false);
  });
});
