// The dummy against the same vectors that the Go tests read.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { load } from "../../../scripts/source.mjs";
import MiniAppSDK from "../../../internal/webui/sdk/miniapp-client/dist/miniapp-client.js";

const { createDummy } = await load("sdk/client/src/dummy/index.ts");
const { readEnvelope } = await load("sdk/page/src/answer.ts");
const { methods } = JSON.parse(await readFile("spec/vectors/jsapi.json", "utf8"));
const right = { deeplink: "gopay://merchanttransfer?tref=A1", consent_name: "location" };
const sdk = new MiniAppSDK({ useDummyService: true });

for (const { name, aliases = [], positional, params, result } of methods) {
  const given = Object.fromEntries(Object.keys(params).map((key) => [key, right[key]]));

  for (const called of [name, ...aliases]) {
    test(`${called} returns the documented keys and types`, async () => {
      const { success, data, error } = await sdk[called](given);
      assert.deepEqual([success, error], [true, null]);
      const shape = data && Object.fromEntries(Object.entries(data).map(([key, value]) => [key, typeof value]));
      assert.deepEqual(shape ?? {}, result);
    });
  }
  if (positional) {
    test(`${name} accepts ${positional} as a bare value`, async () => {
      assert.deepEqual(await sdk[name](right[positional]), await sdk[name](given));
    });
  }
  for (const key of Object.keys(params)) {
    test(`${name} tells missing, mistyped and unusable ${key} apart`, async () => {
      const codes = [];
      for (const value of [undefined, NaN, null, "nonsense"]) codes.push((await sdk[name]({ ...given, [key]: value })).error.code);
      assert.deepEqual(codes, [200, 201, 201, 202]);
    });
  }
}

test("the dummy's phone is an Android, without Apple's identifiers", async () => {
  const { os_type, idfa, idfv } = (await sdk.getSystemInfo()).data;
  assert.deepEqual([os_type, idfa, idfv], [1, "", ""]);
});

/** Checks that only a platform can do, so the dummy accepts these calls: allow-lists, permissions and payments. */
const needsPlatform = ({ method, params, code }) =>
  code === 300 ||
  (method === "triggerPayment" && params?.deeplink === "gopay://merchanttransfer?tref=A1NONE") ||
  /\/\.\.\//.test(params?.deeplink);

test("the dummy refuses wrong parameters with the platform's codes", async () => {
  const { cases } = JSON.parse(await readFile("spec/vectors/parameters.json", "utf8"));
  const answer = createDummy({});
  let compared = 0;
  for (const each of cases) {
    const method = each.method === "openGopayDeeplink" ? "openDeeplink" : each.method;
    if (each.code === 100 || needsPlatform(each)) continue;
    const { error } = await answer(method, each.params);
    assert.equal(error?.code ?? 0, each.code, `${method} ${JSON.stringify(each.params)}`);
    compared++;
  }
  assert.ok(compared > 100, `only ${compared} compared`);
});

test("an answer that throws or is not a valid answer gives 500 with the reason", async () => {
  const broken = [
    [
      () => {
        throw new TypeError("no such order");
      },
      /TypeError: no such order/,
    ],
    [
      async () => {
        throw new RangeError("too late");
      },
      /RangeError: too late/,
    ],
    [
      () => {
        throw Symbol("odd");
      },
      /Symbol\(odd\)/,
    ],
    [
      () => {
        throw Object.create(null);
      },
      /an object was thrown/,
    ],
    [{ error: null }, /TypeError/],
  ];
  for (const [getLocation, why] of broken) {
    const dummy = { answers: { getLocation } };
    const { success, data, error } = await new MiniAppSDK({ useDummyService: true, dummy }).getLocation();
    assert.deepEqual([success, data, error.code], [false, null, 500]);
    assert.match(error.message, /^Superapp error: what the dummy service is set to answer to getLocation failed/);
    assert.match(error.message, why);
  }
});

test("a valid envelope stays unchanged, an invalid one becomes 500", async () => {
  const { cases } = JSON.parse(await readFile("spec/vectors/envelopes.json", "utf8"));
  for (const { name, valid, envelope } of cases) {
    const read = readEnvelope(envelope);
    if (valid) assert.deepEqual(read, envelope, name);
    else assert.deepEqual(Object.keys(read), ["success", "data", "error"], name);
    assert.equal(read.success, read.error === null, name);
    if (!read.success) assert.equal(read.data, null, name);
  }
});

test("the dummy refuses for a payment what the platform refuses", async () => {
  for (const deeplink of [
    "gopay://home",
    "gopay://merchanttransfer",
    "gopay://merchanttransfer?tref=",
    "gopay://merchanttransfer?tref=a&tref=b",
    "gopay://merchanttransferx?tref=A1",
  ]) {
    const { success, error } = await sdk.triggerPayment({ deeplink });
    assert.deepEqual([success, error?.code], [false, 202], deeplink);
  }
  assert.equal((await sdk.triggerPayment({ deeplink: "gopay://merchanttransfer?a=b&tref=A1" })).success, true);
});

test("a message names the method as the page called it", async () => {
  for (const given of [{}, { deeplink: 7 }, { deeplink: "" }]) {
    const { message } = (await sdk.openGopayDeeplink(given)).error;
    assert.match(message, /openGopayDeeplink/);
    assert.doesNotMatch(message, /openDeeplink/);
    assert.match((await sdk.openDeeplink(given)).error.message, /openDeeplink/);
  }
});
