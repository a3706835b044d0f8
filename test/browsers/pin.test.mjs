// The keys that a person types into a sheet never reach the mini app's page, in every browser.
import assert from "node:assert/strict";
import { test } from "node:test";
import { startSelasar } from "../support/selasar.mjs";
import { inEveryBrowser } from "./engine.mjs";
import { warung } from "./warung.mjs";

/** The ways of a page to take the focus. Each runs in the mini app's page, which has an input. */
const THIEVES = {
  "calls focus() once": (input) => input.focus(),
  "calls focus() in a loop": (input) => {
    setInterval(() => {
      window.focus();
      input.focus();
    }, 20);
  },
};

inEveryBrowser(startSelasar, (its) => {
  const app = warung(its);

  /**
   * Prepares the page, before the sheet is open. The page starts at a message, because the driver itself moves the focus into the frame.
   * In Chromium it starts when its last press is 5 s ago: until then, the policy of the frame permits it to take the focus.
   */
  const prepare = (thief) =>
    its.page.frame().evaluate(`(() => {
      window.keys = [];
      addEventListener("keydown", ({ key }) => window.keys.push(key), true);
      const input = document.body.appendChild(document.createElement("input"));
      addEventListener("message", ({ data }) => {
        if (data !== "steal") return;
        const start = () => {
          if (${JSON.stringify(its.name)} === "Chromium" && navigator.userActivation.isActive) return setTimeout(start, 50);
          (${thief})(input);
          setTimeout(() => parent.postMessage("stolen", "*"), 200);
        };
        start();
      });
    })()`);

  /** Lets the page start, and waits until it has tried. */
  async function steal() {
    await its.page.evaluate(() => {
      addEventListener("message", ({ data }) => {
        if (data === "stolen") window.tried = true;
      });
      document.querySelector("iframe").contentWindow.postMessage("steal", "*");
    });
    await its.page.waitForFunction("window.tried");
  }

  const keys = () => its.page.frame().evaluate("window.keys");

  for (const [does, thief] of Object.entries(THIEVES)) {
    test(`every digit of the PIN lands in the pad while the page ${does}`, async () => {
      await app.open();
      await prepare(thief);
      await app.order();
      await its.page.button("Pay").click();
      await its.page.role("group", "PIN").waitFor();
      await steal();
      await its.page.type("12345");
      await its.page.css('.pin-dots[aria-label="5 of 6 digits"]').waitFor();
      await its.page.press("6");
      assert.deepEqual((await app.result()).data, { status: "success" });
      assert.deepEqual(await keys(), []);
    });
  }
});
