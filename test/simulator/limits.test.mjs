// The frame has the limits of a phone's WebView.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { until } from "../support/until.mjs";
import { usePhone } from "./phone.mjs";

const phone = usePhone({ target: fileURLToPath(new URL("narrow", import.meta.url)) });
const inPage = (code, arg) => phone.frame().locator("body").evaluate(code, arg);
const press = (name) => phone.frame().locator(name).click();

async function open(device = {}) {
  await phone.control("PATCH", "/device", device);
  await phone.page.goto(phone.selasar.simulator);
  await phone.button("Open Narrow").click();
  await phone.loaded();
}

/** Waits for the rows of refusals, and returns their reasons with the feature. */
async function refusals(count) {
  const { entries } = await until(
    () => phone.control("GET", "/journal"),
    ({ entries }) => entries.filter(({ event }) => event === "page.trouble").length >= count,
  );
  return entries.filter(({ event }) => event === "page.trouble").map(({ detail }) => `${detail.reason} ${detail.feature}`);
}

describe("a page with the limits of a WebView", () => {
  test("has no share and no windows, and gets named warnings", async () => {
    await open();
    assert.deepEqual(await inPage(() => ["share" in navigator, "canShare" in navigator]), [false, false]);
    assert.equal(await inPage(() => window.open("https://elsewhere.example/")), null);
    await press("#blank");
    await press("#form button");
    assert.deepEqual(await refusals(3), ["window_refused window.open", "window_refused a link's target", "window_refused a form's target"]);
    await press("#own");
    assert.deepEqual(await inPage(() => window.seen), ["prevented before: false", "prevented after: true"]);
    assert.equal((await refusals(3)).length, 3, "what the page handles itself is no refusal");
    assert.equal(phone.context.pages().length, 1);
  });

  test("cannot download blob: and data: addresses", async () => {
    let downloads = 0;
    phone.page.on("download", () => downloads++);
    await open();
    await press("#blob");
    await press("#stopped");
    await press("#again");
    await press("#data");
    await inPage(() => void (location.href = "data:text/html,hello"));
    assert.deepEqual(await refusals(5), [
      "download_refused blob:",
      "download_refused blob:",
      "download_refused blob:",
      "download_refused data:",
      "download_refused data:",
    ]);
    await phone.frame().getByRole("heading", { name: "Narrow" }).waitFor();
    assert.equal(downloads, 0);
  });

  test("writes text to the clipboard after a tap only, and reads nothing", async () => {
    await open();
    await press("#copy");
    assert.deepEqual(
      await until(
        () => inPage(() => window.seen),
        ({ length }) => length > 0,
      ),
      ["written"],
    );
    assert.equal(await inPage(() => navigator.clipboard.readText().catch(({ name }) => name)), "NotAllowedError");
    assert.deepEqual(await refusals(1), ["clipboard_refused readText"]);
  });

  test("has the user agent of the phone", async () => {
    await open({ os: "ios", os_version: "18.7" });
    const agent = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148";
    assert.deepEqual(await inPage(() => [navigator.userAgent, navigator.platform, "userAgentData" in navigator]), [agent, "iPhone", false]);
    await open({ os: "android", os_version: "16", model: "Pixel 9" });
    const shown = await inPage(async () => {
      const { brands, mobile, platform } = navigator.userAgentData;
      const { model } = await navigator.userAgentData.getHighEntropyValues(["model"]);
      return { agent: navigator.userAgent, mobile, platform, model, webview: brands.some(({ brand }) => brand === "Android WebView") };
    });
    assert.match(shown.agent, /^Mozilla\/5\.0 \(Linux; Android 16; Pixel 9; wv\) .* Chrome\/\d+\.0\.0\.0 Mobile Safari\/537\.36$/);
    assert.deepEqual({ ...shown, agent: "" }, { agent: "", mobile: true, platform: "Android", model: "Pixel 9", webview: true });
  });

  test("keeps the form of the browser's own properties", async () => {
    await open();
    const forms = await inPage(() => {
      const form = (owner, name) => {
        const { get, value, ...rest } = Object.getOwnPropertyDescriptor(owner, name);
        const code = get ?? value;
        return { ...rest, name: code.name, length: code.length, native: /\[native code\]/.test(Function.prototype.toString.call(code)) };
      };
      const illegal = (get) => {
        try {
          return get();
        } catch (error) {
          return error.name;
        }
      };
      return [
        form(Navigator.prototype, "userAgent"),
        form(window, "open"),
        form(window, "setTimeout"),
        form(Document.prototype, "hidden"),
        Object.keys(navigator).length,
        Object.hasOwn(navigator, "userAgent"),
        illegal(() => Navigator.prototype.userAgent),
      ];
    });
    const native = { enumerable: true, configurable: true, native: true };
    assert.deepEqual(forms, [
      { ...native, set: undefined, name: "get userAgent", length: 0 },
      { ...native, writable: true, name: "open", length: 0 },
      { ...native, writable: true, name: "setTimeout", length: 1 },
      { ...native, set: undefined, name: "get hidden", length: 0 },
      0,
      false,
      "TypeError",
    ]);
  });

  test("has what the browser has with webview off", async () => {
    await open({ webview: false });
    assert.equal(await inPage(() => navigator.userAgent), await phone.page.evaluate(() => navigator.userAgent));
    const [popup] = await Promise.all([phone.page.waitForEvent("popup"), inPage(() => void window.open("/"))]);
    await popup.close();
  });
});

describe("the keyboard", () => {
  const size = () => inPage(() => [innerHeight, visualViewport.height]);
  const keys = () => phone.page.locator(".keyboard");

  test("makes the page smaller on Android, and covers it on iOS", async () => {
    await open();
    const [before] = await size();
    await inPage(() => document.getElementById("name").focus());
    await press("#name");
    await keys().waitFor();
    const height = (await keys().boundingBox()).height;
    await until(size, ([inner, visual]) => Math.abs(before - height - inner) < 1 && Math.abs(visual - inner) < 1);
    await phone.button("Hide keyboard").click();
    await until(size, ([inner]) => inner === before);

    await open({ os: "ios" });
    const [all] = await size();
    await inPage(() => visualViewport.addEventListener("resize", () => window.seen.push(`resized to ${visualViewport.height}`)));
    await press("#low");
    await keys().waitFor();
    const covered = (await keys().boundingBox()).height;
    await until(size, ([inner, visual]) => inner === all && Math.abs(visual - (all - covered)) < 1);
    assert.match((await inPage(() => window.seen)).at(-1), /^resized to/);
    // The field at the page's lower edge is above the keyboard.
    const field = phone.frame().locator("#low");
    await until(
      async () => [await field.boundingBox(), await keys().boundingBox()],
      ([low, top]) => low.y + low.height <= top.y,
    );
    await inPage(() => document.activeElement.blur());
    await keys().waitFor({ state: "detached" });
    await until(size, ([, visual]) => visual === all);
  });
});

describe("the phone's memory and the background", () => {
  test("hides the page, holds its timers, and shows it again", async () => {
    await open({ os: "ios" });
    await phone.control("PATCH", "/device", { background: true });
    await phone.page.getByRole("heading", { name: "The super app is in the background" }).waitFor();
    await until(() => inPage(() => document.hidden), Boolean);
    await inPage(() => {
      setTimeout((word) => window.seen.push(word), 0, "timer");
      clearTimeout(setTimeout(() => window.seen.push("cancelled"), 0));
      requestAnimationFrame(() => window.seen.push("frame"));
    });
    // Messages run while timers do not.
    await inPage(() => new Promise((done) => Object.assign(new MessageChannel().port1, { onmessage: done })).constructor);
    await phone.page.evaluate(() => new Promise((done) => setTimeout(done, 100)));
    assert.deepEqual(await inPage(() => window.seen), ["visibilitychange hidden"]);
    await phone.button("Back to the super app").click();
    assert.deepEqual(
      (
        await until(
          () => inPage(() => window.seen),
          ({ length }) => length === 4,
        )
      ).sort(),
      ["frame", "timer", "visibilitychange hidden", "visibilitychange visible"],
    );
  });

  test("kills the page without a word", async () => {
    await open();
    await inPage(() => {
      sessionStorage.setItem("cart", "1");
      localStorage.setItem("user", "sari");
      window.kept = "changed";
      history.pushState({ step: 2 }, "", "/?step=2");
    });
    await phone.control("POST", "/page/kill", {});
    await until(
      () => inPage(() => window.kept).catch(() => ""),
      (kept) => kept === "in memory",
    );
    assert.deepEqual(
      await inPage(() => [
        sessionStorage.getItem("cart"),
        localStorage.getItem("user"),
        localStorage.getItem("seen"),
        history.state,
        location.search,
      ]),
      [null, "sari", null, null, "?step=2"],
    );
  });
});

test("requests through the app's address are slow, and can be lost", async () => {
  phone.expected = /net::ERR/;
  await open({ network: { latency_ms: 150 } });
  const fetched = () =>
    inPage(async () => {
      const start = performance.now();
      const status = await fetch("/app.js", { cache: "no-store" }).then((answer) => answer.status, String);
      return [status, performance.now() - start];
    });
  const [status, took] = await fetched();
  assert.equal(status, 200);
  assert.ok(took >= 145, `${took} ms`);
  await phone.control("PATCH", "/device", { network: { latency_ms: 0, loss_percent: 100 } });
  assert.match((await fetched())[0], /^TypeError/);
  await phone.control("PATCH", "/device", { network: null });
  assert.equal((await fetched())[0], 200);
  const { entries } = await phone.control("GET", "/journal");
  assert.deepEqual(
    entries.filter(({ event }) => event === "page.lost").map(({ detail }) => detail),
    [{ method: "GET", path: "/app.js" }],
  );
});
