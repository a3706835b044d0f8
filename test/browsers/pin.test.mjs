// The keys that a person types into a sheet never reach the mini app's page, in every browser.
import assert from "node:assert/strict";
import { test } from "node:test";
import { startSelasar } from "../support/selasar.mjs";
import { inEveryBrowser } from "./engine.mjs";
import { warung } from "./warung.mjs";

/** The ways of a page to take the focus. Each runs in the mini app's page, which has an input, and a frame with one. */
const THIEVES = {
  "calls focus() once": (input) => input.focus(),
  "calls focus() in a loop": (input) => {
    setInterval(() => {
      window.focus();
      input.focus();
    }, 20);
  },
  "selects the text of an input in a loop": (input) => {
    input.value = "text";
    setInterval(() => {
      input.select();
      input.setSelectionRange(0, 4);
    }, 20);
  },
  "has a frame that calls focus() in a loop": (_, frame) => {
    const { contentWindow, contentDocument } = frame;
    setInterval(() => {
      frame.focus();
      contentWindow.focus();
      contentDocument.querySelector("input").focus();
    }, 20);
  },
};

inEveryBrowser(startSelasar, (its) => {
  const app = warung(its);

  /**
   * Prepares the page, before the sheet is open. The page starts at a message, because the driver itself moves the focus into the frame.
   */
  const prepare = (thief) =>
    its.page.frame().evaluate(`(() => {
      window.keys = [];
      addEventListener("keydown", ({ key }) => window.keys.push(key), true);
      const input = document.body.appendChild(document.createElement("input"));
      const frame = document.body.appendChild(document.createElement("iframe"));
      frame.src = "/second.html";
      frame.onload = () => {
        frame.contentWindow.addEventListener("keydown", ({ key }) => window.keys.push(key), true);
        frame.contentDocument.body.append(document.createElement("input"));
      };
      addEventListener("message", ({ data }) => {
        if (data !== "steal") return;
        (${thief})(input, frame);
        setTimeout(() => parent.postMessage("stolen", "*"), 200);
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
