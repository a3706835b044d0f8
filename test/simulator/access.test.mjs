import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { describe, test } from "node:test";
import { usePhone } from "./phone.mjs";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Rules that axe has switched off by default and that this page keeps. */
const MORE = { "label-content-name-mismatch": { enabled: true } };

describe("accessibility", () => {
  const phone = usePhone({ shop: true });

  /** Fails for each violation that axe finds in the simulator's own document; the mini app's frame is the mini app's. */
  async function sound(state) {
    await phone.page.evaluate(axe);
    const found = await phone.page.evaluate(async (rules) => {
      const { violations } = await window.axe.run(
        { exclude: ["iframe"] },
        { rules, runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"] } },
      );
      return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
    }, MORE);
    assert.deepEqual(found, [], state);
  }

  test("holds at home, in sheets, in the journal, in an order and in every panel", async () => {
    await phone.visit();
    await sound("home");
    await phone.button("Open Warung").click();
    await phone.dialog().waitFor();
    await sound("consent sheet");
    await phone.button("Allow").click();
    await phone.loaded();
    const order = await phone.backend.order();
    await phone.call("triggerPayment", { deeplink: order.deeplink });
    await phone.dialog("Pay Warung").waitFor();
    await sound("payment sheet");
    await phone.button("Pay").click();
    await sound("PIN pad");
    await phone.page.keyboard.type("123456");
    await phone.result();
    await phone.row("SUCCESS delivered").click();
    await sound("detail of a notification");
    await phone.button("Order").click();
    await sound("order");
    await phone.button("Time").click();
    await sound("time scale");
    for (const name of ["Device", "Users", "Consents", "Wallet", "Notifications", "Credentials"]) {
      await phone.panel(name);
      await phone.page.getByRole("tabpanel", { name }).locator(":scope > :not(.unseen)").first().waitFor();
      await sound(name);
    }
  });

  test("offers a way past the bar and the panels with the first Tab", async () => {
    await phone.visit();
    await phone.page.keyboard.press("Tab");
    await phone.page.keyboard.press("Enter");
    await phone.page.locator(".home-app:focus").waitFor();
  });
});
