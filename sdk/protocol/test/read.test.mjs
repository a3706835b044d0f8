import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { load } from "../../../scripts/source.mjs";

const protocol = await load("sdk/protocol/src/index.ts");
const { readHello, readPageMessage, hasMarker, METHODS, MAX_BYTES, MAX_DEPTH } = protocol;

const nest = (levels) => (levels === 0 ? "x" : { inner: nest(levels - 1) });
const read = (message) => {
  const out = readPageMessage(message);
  return out?.type === "refusal" ? out.result.error.code : out?.type;
};

test("reads a hello only with our version and a nonce of valid length", () => {
  const hello = { selasar: 1, type: "hello", nonce: "12345678" };
  assert.deepEqual(readHello(hello), hello);
  for (const wrong of [
    null,
    "hello",
    {},
    { ...hello, selasar: 2 },
    { ...hello, selasar: "1" },
    { ...hello, type: "welcome" },
    { ...hello, nonce: "short" },
    { ...hello, nonce: "x".repeat(129) },
    { ...hello, nonce: 12345678 },
  ]) {
    assert.equal(readHello(wrong), undefined, JSON.stringify(wrong));
  }
});

test("the marker is an own property", () => {
  assert.equal(hasMarker({ selasar: 7 }), true);
  for (const other of [null, undefined, 1, "selasar", [], {}, Object.create({ selasar: 1 })]) assert.equal(hasMarker(other), false);
});

test("reads each message of a page", () => {
  const table = [
    [{ type: "call", id: 1, method: "getLocation" }, "call"],
    [{ type: "capabilities", id: 1 }, "capabilities"],
    [{ type: "ping", id: 2 ** 53 - 1 }, "ping"],
    [{ type: "bye" }, "bye"],
    [{ type: "call", id: 1 }, 200],
    [{ type: "call", id: 1, method: null }, 201],
    [{ type: "call", id: 1, method: ["getLocation"] }, 201],
    [{ type: "call", id: 1, method: "constructor" }, 100],
    [{ type: "call", id: 1, method: "__proto__" }, 100],
    [{ type: "call", id: 1, method: "openGopayDeeplink" }, 100],
    [{ type: "call", id: 1, method: "getConsent", params: nest(MAX_DEPTH) }, "call"],
    [{ type: "call", id: 1, method: "getConsent", params: nest(MAX_DEPTH + 1) }, 202],
    [{ type: "call", id: 1, method: "getConsent", params: "x".repeat(MAX_BYTES - 2) }, "call"],
    [{ type: "call", id: 1, method: "getConsent", params: "x".repeat(MAX_BYTES - 1) }, 202],
    [{ type: "call", id: 1, method: "getConsent", params: "é".repeat(MAX_BYTES / 2 - 1) }, "call"],
    [{ type: "call", id: 1, method: "getConsent", params: "é".repeat(MAX_BYTES / 2) }, 202],
    [{ type: "call", id: 1, method: "getConsent", params: { a: 1n } }, 201],
    ...[Object(1n), [Object(1n)], new ArrayBuffer(8), { a: new Uint8Array(8) }, () => {}, Symbol("x")].map((params) => [
      { type: "call", id: 1, method: "getConsent", params },
      201,
    ]),
    [{ type: "call", id: 0, method: "getLocation" }, undefined],
    [{ type: "call", id: "1", method: "getLocation" }, undefined],
    [{ type: "call", id: 2 ** 53, method: "getLocation" }, undefined],
    [{ type: "result", id: 1 }, undefined],
    ["call", undefined],
    [undefined, undefined],
  ];
  for (const [message, expected] of table)
    assert.equal(read(message), expected, `${message?.type} ${message?.id} ${String(message?.method)}`);
});

test("a call keeps only the documented members", () => {
  const call = readPageMessage({ type: "call", id: 3, method: "getConsent", params: { consent_name: "wifi" }, token: "x", result: {} });
  assert.deepEqual(call, { type: "call", id: 3, method: "getConsent", params: { consent_name: "wifi" } });
});

test("shared parts of a message count as often as they occur in the JSON", () => {
  let looks = 0;
  let value = {
    get x() {
      looks++;
      return "x";
    },
  };
  for (let i = 0; i < 30; i++) value = [value, value];
  assert.equal(read({ type: "call", id: 1, method: "getConsent", params: value }), 202);
  assert.ok(looks > 0 && looks < MAX_BYTES, `looked ${looks} times`);
});

test("the weight of a message is the exact size of its JSON", () => {
  const numbers = (length) => Array.from({ length }, () => 0);
  const table = [
    [numbers(MAX_BYTES / 2 - 1), "call"], // "[0,0]": two bytes each and one
    [numbers(MAX_BYTES / 2), 202],
    [new Array(50_000), "call"], // a hole becomes "null"
    [new Array(2 ** 32 - 1), 202],
    [{ holes: [new Array(1e9)] }, 202],
    [{ ["x".repeat(MAX_BYTES)]: undefined }, "call"],
    [new String("x".repeat(MAX_BYTES - 2)), "call"],
    [new String("x".repeat(MAX_BYTES - 1)), 202],
  ];
  for (const [params, expected] of table) assert.equal(read({ type: "call", id: 1, method: "getConsent", params }), expected);
});

test("the catalogue equals the vectors", async () => {
  const { methods, codes } = JSON.parse(await readFile("spec/vectors/jsapi.json", "utf8"));
  assert.deepEqual(
    [...METHODS],
    methods.map(({ name }) => name),
  );
  for (const { name, since, consent, aliases = [], positional, params } of methods) {
    const entry = protocol.CATALOGUE[name];
    assert.deepEqual([entry.since, entry.consent, entry.aliases, entry.positional], [since, consent, aliases, positional], name);
    assert.deepEqual(Object.fromEntries(entry.params.map(({ name, type }) => [name, type])), params, name);
    assert.equal(protocol.SINCE[name], since);
  }
  assert.deepEqual(
    Object.entries(protocol.CODE_NAMES),
    codes.map(({ code, name }) => [String(code), name]),
  );
  assert.deepEqual(
    Object.values(protocol.ErrorCode),
    codes.map(({ code }) => code),
  );
});

test("reads every vector of the bridge like the Go code", async () => {
  const { cases } = JSON.parse(await readFile("spec/vectors/bridge.json", "utf8"));
  for (const { name, message, read, code } of cases) {
    const out = readPageMessage(message);
    assert.equal(out?.type ?? "nothing", read, name);
    assert.equal(out?.result?.error.code, code, name);
  }
});

test("a call keeps the alias that the page called it by, and no other name", () => {
  const call = (name) => readPageMessage({ type: "call", id: 1, method: "openDeeplink", name });
  assert.equal(call("openGopayDeeplink").name, "openGopayDeeplink");
  for (const other of [undefined, "getAuthCode", "openDeeplink", "constructor", "__proto__", 7, {}])
    assert.equal(Object.hasOwn(call(other), "name"), false);
  assert.equal(Object.hasOwn(readPageMessage({ type: "call", id: 1, method: "getAuthCode", name: "openGopayDeeplink" }), "name"), false);
});
