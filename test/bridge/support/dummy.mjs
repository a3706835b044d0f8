import assert from "node:assert/strict";
import { test } from "node:test";
import { listen } from "./console.mjs";

/** The contract of the dummy service, which answers in the page itself. `get` returns the driver of the page. */
export function dummyContract(get) {
  test("the page is not in a host, and every method is available", async () => {
    const { page } = get();
    assert.equal(await page.evaluate("sdk.isInHost()"), false);
    const { methods } = await page.evaluate("sdk.capabilities()");
    assert.equal(Object.values(methods).filter(({ available }) => available).length, 8);
  });

  test("the caller sets values, errors and delays, even between calls", async () => {
    const seen = await get().page.evaluate(async () => {
      const dummy = {
        answers: {
          getLocation: { data: { latitude: 1 } },
          getWifiInfo: { error: 400 },
          triggerPayment: () => ({ data: { status: "pending" } }),
        },
      };
      const sdk = new MiniAppSDK({ useDummyService: true, dummy });
      const set = [
        await sdk.getLocation(),
        await sdk.getWifiInfo(),
        await sdk.triggerPayment({ deeplink: "gopay://merchanttransfer?tref=A1" }),
      ];
      dummy.answers = { getWifiInfo: { error: { code: 401, message: "mine" } }, getAuthCode: { delay: 30 } };
      const order = [];
      await Promise.all([sdk.getAuthCode().then(() => order.push("slow")), sdk.getLocation().then(() => order.push("fast"))]);
      return [...set, await sdk.getWifiInfo(), order];
    });
    assert.equal(seen[0].data.latitude, 1);
    assert.equal(typeof seen[0].data.longitude, "number");
    assert.equal(seen[1].error.code, 400);
    assert.match(seen[1].error.message, /^Device not supported/);
    assert.deepEqual(seen[2].data, { status: "pending" });
    assert.deepEqual(seen[3].error, { code: 401, message: "mine" });
    assert.deepEqual(seen[4], ["fast", "slow"]);
  });

  test("the dummy's note appears once in the console", async () => {
    const { page } = get();
    await page.reload();
    await page.waitForFunction("window.sdk");
    const notes = await listen(page, "dummy service");
    await page.evaluate("Promise.all([sdk.getAuthCode(), new MiniAppSDK({ useDummyService: true }).getAuthCode()])");
    assert.equal(await notes(), 1);
  });
}
