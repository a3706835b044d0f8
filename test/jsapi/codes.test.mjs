import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { usePhone } from "../simulator/phone.mjs";

const target = fileURLToPath(new URL("app", import.meta.url));
const vectors = JSON.parse(readFileSync(new URL("../../spec/vectors/jsapi.json", import.meta.url), "utf8"));
const nameOf = (code) => vectors.codes.find((row) => row.code === code).name;

/** Asserts an envelope's invariants, and that a failure's message starts with its code's documented name. */
function failed(result, code, says) {
  assert.deepEqual(Object.keys(result).sort(), ["data", "error", "success"]);
  assert.equal(result.success, false);
  assert.equal(result.data, null);
  assert.equal(result.error.code, code, result.error.message);
  assert.ok(result.error.message.startsWith(`${nameOf(code)}: `), result.error.message);
  assert.match(result.error.message, says);
}

describe("every error code, in a mini app in the simulator", () => {
  const phone = usePhone({ target });

  test("100: the app is older than the method, by semantic versions", async () => {
    await phone.open();
    await phone.control("PATCH", "/device", { app_version: "1.9.0" });
    for (const { name, since } of vectors.methods) {
      await phone.call(name);
      failed(await phone.result(), 100, new RegExp(`needs GoPay ${since}, the device has 1.9.0`));
    }
  });

  test("200: a parameter is missing", async () => {
    await phone.open();
    await phone.call("triggerPayment", { deepLink: "gopay://merchanttransfer?tref=1" });
    failed(await phone.result(), 200, /needs deeplink .* does not know "deepLink"/);
    await phone.call("getConsent");
    failed(await phone.result(), 200, /needs consent_name/);
    await phone.call("openDeeplink");
    failed(await phone.result(), 200, /needs deeplink/);
  });

  test("201: a parameter has another type", async () => {
    await phone.open();
    for (const wrong of [5, true, ["gopay://home"], { a: 1 }]) {
      await phone.call("triggerPayment", { deeplink: wrong });
      failed(await phone.result(), 201, /must be a string/);
    }
    await phone.call("getConsent", 5);
    failed(await phone.result(), 201, /must be a string, got number/);
  });

  test("202: a value is not supported", async () => {
    await phone.open();
    await phone.call("openDeeplink", "https://example.com");
    failed(await phone.result(), 202, /only gopay:\/\/ links/);
    await phone.call("getConsent", "everything");
    failed(await phone.result(), 202, /there is no consent "everything"/);
    await phone.call("triggerPayment", { deeplink: "gopay://merchanttransfer?tref=unknown" });
    failed(await phone.result(), 202, /does not exist/);
  });

  test("203: the mini app is suspended", async () => {
    await phone.open();
    await phone.control("PATCH", "/mini-app", { status: "suspended" });
    await phone.call("getAuthCode");
    failed(await phone.result(), 203, /suspended/);
  });

  test("300: not permitted, not consented, not on the allow-list", async () => {
    await phone.open();
    await phone.call("getConsent", "camera");
    failed(await phone.result(), 300, /not permitted to ask for "camera"/);
    await phone.call("openDeeplink", "gopay://elsewhere");
    failed(await phone.result(), 300, /allow-list/);
    await phone.panel("Consents");
    await phone.control("PATCH", "/consents", { name: "location", state: "revoked" });
    await phone.call("getLocation");
    failed(await phone.result(), 300, /withdrawn "location"; call getConsent\("location"\)/);
  });

  test("400: the device lacks a feature", async () => {
    await phone.open();
    await phone.control("PATCH", "/device", { location: { enabled: false }, wifi: { present: false } });
    await phone.call("getLocation");
    failed(await phone.result(), 400, /location services/);
    await phone.call("getWifiInfo");
    failed(await phone.result(), 400, /no wifi adapter/);
  });

  test("401: the device is offline", async () => {
    await phone.open();
    await phone.control("PATCH", "/device", { online: false });
    await phone.call("getAuthCode");
    failed(await phone.result(), 401, /offline/);
  });

  test("401: the sheet is not answered before its deadline", async () => {
    await phone.open();
    await phone.control("PATCH", "/consents", { name: "wifi", state: "revoked" });
    await phone.call("getConsent", "wifi");
    await phone.dialog().waitFor();
    await phone.control("POST", "/clock", { advance: "11m" });
    failed(await phone.result(), 401, /nobody answered/);
    await phone.dialog().waitFor({ state: "detached" });
  });

  test("500: the super app fails", async () => {
    await phone.open();
    await phone.control("PATCH", "/device", { superapp: "failing" });
    await phone.call("getSystemInfo");
    failed(await phone.result(), 500, /internal error/);
  });
});
