// A page in a window of its own is at the top, as in a WebView, and its calls still reach the simulator.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { usePhone } from "./phone.mjs";

const phone = usePhone({ target: fileURLToPath(new URL("narrow", import.meta.url)) });

test("a top page reaches its host, and has the safe area that a driver sets", async () => {
  const { page, selasar, context } = phone;
  await page.goto(selasar.simulator);
  await page.getByRole("button", { name: "Narrow", exact: false }).first().click();
  const [top] = await Promise.all([page.waitForEvent("popup"), phone.button("Open as top page").click()]);
  await top.locator("body[data-ready]").waitFor();
  const result = await top.evaluate(async (api) => {
    const { default: MiniAppSDK } = await import(`${api}/sdk/miniapp-client.js`);
    return { top: window.top === window, share: "share" in navigator, answer: await new MiniAppSDK().getAuthCode() };
  }, selasar.api);
  assert.deepEqual([result.top, result.share, result.answer.success], [true, false, true]);
  const session = await context.newCDPSession(top);
  await session.send("Emulation.setSafeAreaInsetsOverride", { insets: { top: 47, bottom: 34 } });
  const bottom = await top.evaluate(() => {
    document.body.style.paddingBottom = "env(safe-area-inset-bottom)";
    return getComputedStyle(document.body).paddingBottom;
  });
  assert.equal(bottom, "34px");
  await top.close();
  await phone.button("Open Narrow").waitFor();
});
