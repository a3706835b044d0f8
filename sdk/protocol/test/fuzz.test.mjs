// Messages of the bridge, altered in every way that a structured clone or JSON can carry, against the union of messages.
//
//   SELASAR_SEED=7 node --test sdk/protocol/test/fuzz.test.mjs          repeats the run of that seed
//   SELASAR_FUZZ=1000000 node --test sdk/protocol/test/fuzz.test.mjs    a longer run
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "../../../scripts/source.mjs";
import { seeded } from "../../../test/bridge/pages/hostile.js";

const { readHello, readPageMessage, hasMarker, METHODS, CATALOGUE, MAX_BYTES, MAX_DEPTH } = await load("sdk/protocol/src/index.ts");

const RUNS = Number(process.env.SELASAR_FUZZ ?? 10_000);
const SEED = Number(process.env.SELASAR_SEED ?? Math.floor(Math.random() * 2 ** 31));

const random = seeded(SEED);
const below = (n) => Math.floor(random() * n);
const any = (list) => list[below(list.length)];
const often = (share) => random() < share;

const names = [
  "type",
  "id",
  "method",
  "params",
  "nonce",
  "selasar",
  "result",
  "token",
  "deeplink",
  "consent_name",
  "__proto__",
  "constructor",
  "prototype",
  "toString",
  "toJSON",
  "valueOf",
  "hasOwnProperty",
  "length",
  "0",
  "",
  "\u0000",
  "💥",
  "\ud800",
];
const words = [
  ...METHODS,
  "call",
  "ping",
  "capabilities",
  "bye",
  "hello",
  "welcome",
  "result",
  "event",
  "openGopayDeeplink",
  "GETLOCATION",
  "getLocation ",
  ...names,
];
const numbers = [0, 1, -0, -1, 1.5, NaN, Infinity, 2 ** 31, 2 ** 53 - 1, 2 ** 53, -(2 ** 53), 1e308];
const huge = () =>
  any(["x", "é", "💥", "\u0000", '"', "\ud800"]).repeat(any([MAX_BYTES, MAX_BYTES / 2, MAX_BYTES / 6, MAX_BYTES / 12]) + below(5) - 2);

/** Returns a value of any kind; deeper values are less likely to contain others. */
function value(depth = 0) {
  const kinds = [
    () => null,
    () => undefined,
    () => often(0.5),
    () => any(numbers),
    () => below(1_000),
    () => any(words),
    () => any(words).repeat(below(40)),
    () => 10n,
    () => Object(1n),
    () => new String(any(words)),
    () => new Number(7),
    () => new Date(any(numbers)),
    () => /x/g,
    () => new Error("x"),
    () => new Map([[any(words), 1]]),
    () => new Set([1]),
    () => new ArrayBuffer(8),
    () => new Uint8Array(8),
    () => new DataView(new ArrayBuffer(8)),
    () => new Array(any([3, 2 ** 32 - 1])),
  ];
  if (often(0.002)) return huge();
  if (depth > 4 || often(0.4)) return any(kinds)();
  return often(0.3) ? Array.from({ length: below(4) }, () => value(depth + 1)) : object(below(4), depth);
}

/** Returns an object whose members are its own, even `__proto__`. */
function object(members, depth) {
  const made = {};
  for (let i = 0; i < members; i++) own(made, any(names), value(depth + 1));
  return made;
}

const own = (on, key, value) => Object.defineProperty(on, key, { value, writable: true, enumerable: true, configurable: true });

/** Nests a value to the given depth, or in itself, which has no end. */
function nested(levels) {
  let made = value(5);
  for (let i = 0; i < levels; i++) made = often(0.5) ? [made] : own({}, any(names), made);
  return made;
}
function endless() {
  const made = {};
  return own(made, any(names), often(0.5) ? [made] : made);
}
/** A few hundred bytes that expand to 2^30 values. */
function bomb() {
  let made = ["x"];
  for (let i = 0; i < 30; i++) made = [made, made];
  return made;
}

/** Returns a valid message. */
function right() {
  const id = any([1, 2 ** 53 - 1, 1 + below(1_000)]);
  const method = any(METHODS);
  const params = Object.fromEntries(CATALOGUE[method].params.map(({ name }) => [name, any(words)]));
  if (often(0.6)) return { type: "call", id, method, ...(often(0.7) && { params: often(0.8) ? params : any(words) }) };
  return any([
    { type: "ping", id },
    { type: "capabilities", id },
    { type: "bye" },
    { selasar: 1, type: "hello", nonce: "n".repeat(8 + below(121)) },
  ]);
}

/** Alters one part of a message. */
function bend(message) {
  if (typeof message !== "object" || message === null) return value();
  const mine = Object.keys(message);
  const change = (key, to) => own({ ...message }, key, to);
  return any([
    () => change(any(mine), value()),
    () => change(any(mine), any(words)),
    () => change(any(["type", "id", "method", "params", "params", "nonce"]), value()),
    () => change("method", any(words)),
    () => change(any(names), value()), // adds a member
    () => Object.fromEntries(Object.entries(message).filter(([key]) => key !== any(mine))),
    () => change("params", nested(MAX_DEPTH - 2 + below(4))),
    () => change("params", any([nested, endless, bomb, huge, value])(60)),
    () => change("__proto__", right()),
    () => own({}, any(names), message), // moves it one level down
    () => [message],
    () => value(),
  ])();
}

/** Returns the message as it arrives: a structured clone, or JSON as in a WebView if it can be JSON. */
function travel(message) {
  const json = often(0.2) && measure(message).bytes <= 4 * MAX_BYTES;
  return json ? JSON.parse(JSON.stringify(message) ?? "null") : structuredClone(message);
}

/** Returns the JSON of parameters and their depth by the simplest method; a failure here means that a host must refuse too. */
function measure(params) {
  let seen = 0;
  const levels = (value) => {
    if (seen++ > 2 * MAX_BYTES) return Infinity;
    if (typeof value === "bigint" || value instanceof BigInt || value instanceof ArrayBuffer || ArrayBuffer.isView(value))
      throw new TypeError("not JSON");
    if (typeof value !== "object" || value === null || value instanceof String) return 0;
    if (Array.isArray(value) && value.length > MAX_BYTES) return Infinity;
    return 1 + Object.keys(value).reduce((most, key) => Math.max(most, levels(value[key])), 0);
  };
  try {
    const deep = levels(params);
    return { deep, bytes: deep === Infinity ? Infinity : Buffer.byteLength(JSON.stringify(params)) };
  } catch (error) {
    return error instanceof RangeError ? { deep: Infinity, bytes: Infinity } : { notJSON: true };
  }
}

/** Returns the protocol's expectation for a message: the type that is read, or the code of the answer. */
function judge(message) {
  const has = (key) => (Object.hasOwn(message, key) ? message[key] : undefined);
  if (typeof message !== "object" || message === null) return undefined;
  if (has("type") === "bye") return "bye";
  if (!(Number.isSafeInteger(has("id")) && has("id") > 0)) return undefined;
  if (has("type") === "ping" || has("type") === "capabilities") return has("type");
  if (has("type") !== "call") return undefined;
  if (has("method") === undefined) return 200;
  if (typeof has("method") !== "string") return 201;
  if (!METHODS.includes(has("method"))) return 100;
  if (has("params") === undefined) return "call";
  const { deep, bytes, notJSON } = measure(has("params"));
  // A value that is both unserialisable and too large gets either code, by the order of its parts.
  if (notJSON) return [201, 202];
  return deep > MAX_DEPTH || bytes > MAX_BYTES ? 202 : "call";
}

const members = {
  bye: ["type"],
  ping: ["type", "id"],
  capabilities: ["type", "id"],
  call: ["type", "id", "method", "params"],
  refusal: ["type", "id", "result"],
};

/** Asserts that the read message is one of the union, with exactly its members, each unchanged. */
function assertWhole(read, from) {
  const keys = Object.keys(read);
  assert.deepEqual(keys, members[read.type].slice(0, keys.length));
  assert.equal(Object.getPrototypeOf(read), Object.prototype);
  if (read.type !== "refusal") for (const key of keys) assert.ok(Object.is(read[key], from[key]), key);
}

/** Asserts that it is read as itself again after either transport; a refusal has an id and a reason. */
function assertMessage(read, from) {
  assertWhole(read, from);
  if (read.type === "refusal") {
    assert.deepEqual([read.id, read.result.success, read.result.data], [from.id, false, null]);
    assert.equal(typeof read.result.error.message, "string");
    assert.ok(read.result.error.message.length < 300, "a refusal is short");
    return;
  }
  for (const again of [structuredClone(read), JSON.parse(JSON.stringify(read))]) {
    assert.equal(readPageMessage(again).type, read.type);
    assertWhole(readPageMessage(again), again);
  }
}

function assertHello(read, message) {
  if (read === undefined) return;
  assert.deepEqual(read, { selasar: 1, type: "hello", nonce: message.nonce });
  assert.ok(typeof read.nonce === "string" && read.nonce.length >= 8 && read.nonce.length <= 128 && hasMarker(message));
  assert.deepEqual(readHello(structuredClone(read)), read);
}

test(`${RUNS} messages are read by the protocol's rules, without an exception (SELASAR_SEED=${SEED})`, (t) => {
  const untouched = Reflect.ownKeys(Object.prototype).length;
  const seen = {};
  for (let run = 0; run < RUNS; run++) {
    let message = right();
    for (let times = below(3); times > 0; times--) message = bend(message);
    message = travel(message);
    let read;
    try {
      assertHello(readHello(message), message);
      read = readPageMessage(message);
      const what = read?.result?.error.code ?? read?.type;
      const expected = judge(message);
      assert.ok([expected].flat().includes(what), `read as ${what}, expected ${expected}`);
      if (read) assertMessage(read, message);
      seen[what] = (seen[what] ?? 0) + 1;
    } catch (cause) {
      throw new Error(`SELASAR_SEED=${SEED}, message ${run}: ${cause.message}`, { cause });
    }
  }
  assert.equal(Reflect.ownKeys(Object.prototype).length, untouched);
  t.diagnostic(`SELASAR_SEED=${SEED}: ${JSON.stringify(seen)}`);
  for (const kind of ["bye", "ping", "capabilities", "call", "undefined", "100", "200", "201", "202"]) {
    assert.ok(seen[kind] > RUNS / 500, `only ${seen[kind]} of ${kind}`);
  }
});
