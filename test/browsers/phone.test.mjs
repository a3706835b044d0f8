// What a phone does for gpContainer, in every browser: the WebView's limits, the page stack, and the sheets.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { startSelasar } from "../support/selasar.mjs";
import { until } from "../support/until.mjs";
import { inEveryBrowser } from "./engine.mjs";

const warung = () => startSelasar(fileURLToPath(new URL("../simulator/apps/v2", import.meta.url)));

inEveryBrowser(warung, (its) => {
  const top = () => its.page.frame("iframe:last-of-type");

  async function open() {
    await its.selasar.control("PATCH", "/answers", { consent: "allow" });
    await its.page.goto(its.selasar.simulator);
    await its.page.button("Open Warung").click();
    await top().css("body[data-ready]").waitFor();
  }

  const call = (method, params) => top().evaluate((args) => window.start(...args), [method, params]);
  const result = async () => JSON.parse(await top().css("#result:not(:empty)").text());
  const armed = () => its.page.css('[role="dialog"][data-armed="true"]').waitFor();

  async function refusals(count) {
    const { entries } = await until(
      () => its.selasar.control("GET", "/journal"),
      ({ entries }) => entries.filter(({ event }) => event === "page.trouble").length >= count,
    );
    return entries.filter(({ event }) => event === "page.trouble").map(({ detail }) => `${detail.reason} ${detail.feature}`);
  }

  test("a page has the limits of the WebView", async () => {
    await open();
    const seen = await top().evaluate(() => {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob(["a;b"]));
      link.download = "list.csv";
      document.body.append(link);
      link.click();
      return { share: "share" in navigator, window: window.open("https://elsewhere.example/"), agent: navigator.userAgent };
    });
    assert.deepEqual([seen.share, seen.window], [false, null]);
    assert.match(seen.agent, /Android .*; wv\)/);
    assert.deepEqual((await refusals(2)).sort(), ["download_refused blob:", "window_refused window.open"]);
    await its.selasar.control("PATCH", "/device", { background: true });
    await top().waitForFunction(() => document.hidden);
    await its.page.button("Back to the super app").click();
    await top().waitForFunction(() => !document.hidden);
  });

  test("a pushed page lies above the first one, which keeps its state", async () => {
    await open();
    await top().evaluate(() => (window.kept = "in memory"));
    await call("GPNavigator.push", { url: "/second.html" });
    await top().css("h1", "Second").waitFor();
    await top().css("body[data-ready]").waitFor();
    assert.equal(await its.page.frame("iframe").evaluate(() => document.hidden), true);
    await top().evaluate(() => history.pushState(null, "", "#more"));
    await call("GPNavigator.pop", {});
    await its.page.waitForFunction(() => document.querySelectorAll("iframe").length === 1);
    assert.deepEqual(await top().evaluate(() => [window.kept, document.hidden]), ["in memory", false]);
    await call("GPNavigator.push", { url: "/second.html" });
    await top().css("h1", "Second").waitFor();
    await its.page.button("Back").click();
    await its.page.waitForFunction(() => document.querySelectorAll("iframe").length === 1);
    assert.equal(await top().evaluate(() => window.kept), "in memory");
  });

  test("the sheets for an address, a share and a picture are answered", async () => {
    await open();
    await call("GPNavigator.launchUri", { uri: "https://warung.example/menu" });
    await armed();
    await its.page.button("Open").click();
    assert.equal((await result()).callback, "success");
    await its.page.press("Escape");
    await call("GPShare.share", { text: "<b>Kopi</b>" });
    await armed();
    await its.page.role("dialog").waitFor();
    await its.page.button("Share").click();
    assert.equal((await result()).callback, "success");
    await call("GPCamera.takePhoto", { mode: "camera", needBase64: true });
    await armed();
    await its.page.css('.sheet .primary[aria-disabled="false"]').click();
    assert.match((await result()).base64Data, /^\/9j\//);
  });
});
