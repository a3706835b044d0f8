import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { usePhone } from "../simulator/phone.mjs";

const target = fileURLToPath(new URL("app", import.meta.url));
const vectors = JSON.parse(readFileSync(new URL("../../spec/vectors/jsapi.json", import.meta.url), "utf8"));

/** The steps in the phone after which each method succeeds. */
const successes = {
  getAuthCode: {},
  getBankAccountToken: {},
  triggerPayment: {
    async args(phone) {
      return [{ deeplink: (await phone.control("POST", "/payments", { amount: 15000, title: "Two coffees" })).deeplink }];
    },
    async act(phone) {
      await phone.button("Pay").click();
      await phone.page.keyboard.type("246810");
    },
  },
  openDeeplink: {
    args: () => ["gopay://home"],
    act: (phone) => phone.button("Open").click(),
  },
  getConsent: {
    args: async (phone) => {
      await phone.control("PATCH", "/consents", { name: "wifi", state: "revoked" });
      return ["wifi"];
    },
    act: (phone) => phone.button("Allow").click(),
  },
  getLocation: {},
  getSystemInfo: {},
  getWifiInfo: {},
};

describe("every method, called from a mini app in the simulator", () => {
  const phone = usePhone({ target });

  for (const method of vectors.methods) {
    test(`${method.name} succeeds in its documented shape`, async () => {
      await phone.open();
      const how = successes[method.name];
      await phone.call(method.name, ...((await how.args?.(phone)) ?? []));
      await how.act?.(phone);
      const { success, data, error } = await phone.result();
      assert.equal(success, true, error?.message);
      assert.equal(error, null);
      const shape = data && Object.fromEntries(Object.entries(data).map(([name, value]) => [name, typeof value]));
      assert.deepEqual(shape ?? {}, method.result);
    });
  }

  test("openGopayDeeplink is an alias of openDeeplink", async () => {
    await phone.open();
    await phone.control("PATCH", "/answers", { deeplink: "open" });
    await phone.call("openGopayDeeplink", "gopay://promo/kopi/7");
    assert.deepEqual(await phone.result(), { success: true, data: null, error: null });
    await phone.call("openGopayDeeplink");
    assert.match((await phone.result()).error.message, /openGopayDeeplink needs deeplink/);
  });

  for (const [button, status] of [
    ["Cancel", "cancelled"],
    ["Fail", "failed"],
    ["Later", "pending"],
  ]) {
    test(`triggerPayment is ${status} after ${button}`, async () => {
      await phone.open();
      await phone.order();
      await phone.button(button).click();
      assert.deepEqual((await phone.result()).data, { status });
    });
  }
});
