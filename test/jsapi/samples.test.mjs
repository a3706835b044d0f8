import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { usePhone } from "../simulator/phone.mjs";

const target = fileURLToPath(new URL("app", import.meta.url));

describe("the samples of the documentation's JSAPI page", () => {
  const phone = usePhone({ target });
  const sample = (name, ...args) => phone.frame().locator("body").evaluate((_, [method, rest]) => window.sample(method, ...rest), [name, args]);

  test("log in", async () => {
    await phone.open();
    await sample("login");
    const { authCode } = await phone.result();
    assert.match(authCode, /^[0-9A-Za-z]{64}$/);
  });

  test("open a deeplink, and are refused another", async () => {
    await phone.open();
    await phone.control("PATCH", "/answers", { deeplink: "open" });
    await sample("deeplink");
    assert.deepEqual(await phone.result(), { opened: true });
    await sample("refusedDeeplink");
    assert.deepEqual(await phone.result(), { success: false, code: 300 });
  });

  for (const [status, words] of [["success", "paid"], ["cancelled", "cancelled by the user"], ["failed", "could not be processed"], ["pending", "left unfinished"]]) {
    test(`pay, and learn that it was ${words}`, async () => {
      await phone.open();
      await phone.control("PATCH", "/answers", { payment: status });
      const { deeplink } = await phone.control("POST", "/payments", { amount: 15000 });
      await sample("payment", deeplink);
      assert.equal(await phone.result(), words);
    });
  }

  test("ask for a consent and use it", async () => {
    await phone.open();
    await sample("consent");
    const { consent, latitude, time } = await phone.result();
    assert.equal(consent, "location");
    assert.equal(latitude, -6.1754);
    assert.ok(Math.abs(time - Date.now()) < 60_000, "time is in ms since the epoch");
  });

  test("read the device and the network", async () => {
    await phone.open();
    await sample("device");
    assert.deepEqual(await phone.result(), { brand: "samsung", os: 1, ssid: "Kantor" });
  });

  test("get a bank account token", async () => {
    await phone.open();
    await sample("bank");
    assert.deepEqual(await phone.result(), { token: "string" });
  });

  for (const [useDummyService, calls] of [[true, 1], ["always", 0]]) {
    test(`with useDummyService: ${useDummyService} put ${calls} calls into the journal`, async () => {
      await phone.open();
      await sample("dummy", useDummyService);
      const { success, data, error } = await phone.result();
      assert.deepEqual([success, error], [true, null]);
      assert.match(data.authCode, /^[0-9A-Za-z]{64}$/);
      const { entries } = await phone.control("GET", "/journal");
      assert.equal(entries.filter(({ title }) => title === "getAuthCode").length, calls);
    });
  }
});
