// Sends 100,000 invalid messages from a page that the host has welcomed. The same seed produces the same messages.
export const seeded = (seed) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
};
const names = [
  "constructor",
  "__proto__",
  "prototype",
  "toString",
  "hasOwnProperty",
  "valueOf",
  "call",
  "apply",
  "bind",
  "then",
  "__defineGetter__",
  "constructor.constructor",
  "GETLOCATION",
  "getLocation ",
  "getAuthCode\u0000",
  "openGopayDeeplink",
  "",
  "💥",
];
const nest = (depth) => {
  let value = {};
  for (let i = 0; i < depth; i++) value = i % 2 ? [value] : { value };
  return value;
};
/** Returns a few hundred bytes that expand to 2^30 nodes of JSON. */
const bomb = () => {
  let value = ["x"];
  for (let i = 0; i < 30; i++) value = [value, value];
  return value;
};
const cycle = () => {
  const value = {};
  value.self = value;
  return value;
};
const own = (key, value) => JSON.parse(`{${JSON.stringify(key)}:${JSON.stringify(value)}}`);

/** Returns values of every kind that a structured clone can carry. */
const junk = [
  () => null,
  () => undefined,
  () => 0,
  () => -1,
  () => NaN,
  () => 2 ** 60,
  () => "",
  () => "call",
  () => true,
  () => 10n,
  () => [],
  () => [[]],
  () => ({}),
  () => new Date(),
  () => /x/g,
  () => new Map([["type", "call"]]),
  () => new Set([1]),
  () => new ArrayBuffer(8),
  () => new Uint8Array(64),
  () => new Error("x"),
  () => new Blob(["x"]),
  () => nest(50),
  () => nest(1_000),
  cycle,
  () => "x".repeat(5_000),
  () => own("__proto__", { type: "call", id: 1, method: "getAuthCode" }),
  () => own("constructor", { prototype: {} }),
];
/** Returns parameters that no host may forward. */
const heavy = [
  () => nest(40),
  () => nest(3_000),
  bomb,
  cycle,
  () => 10n,
  () => new Uint8Array(16),
  () => "x".repeat(300_000),
  () => ({ deeplink: "é".repeat(140_000) }),
];

/** Returns one invalid message; `answered` reports whether its id is valid, so that it gets an answer. */
function message(random, id) {
  const any = (list) => list[Math.floor(random() * list.length)];
  const value = () => any(junk)();
  switch (Math.floor(random() * 8)) {
    case 0:
      return { data: value(), answered: false };
    case 1:
      return {
        data: {
          type: any([...names.filter((name) => name !== "call"), null, 1, "Call", "hello", "welcome", "result", "waiting", "event"]),
          id,
          method: "getAuthCode",
        },
        answered: false,
      };
    case 2:
      return {
        data: {
          type: any(["call", "ping", "capabilities"]),
          id: any([0, -1, 1.5, NaN, "1", null, undefined, 2 ** 53, {}, [1], 1n]),
          method: "getAuthCode",
        },
        answered: false,
      };
    case 3:
      return { data: { type: "call", id, method: any(names) }, answered: true };
    case 4:
      return { data: { type: "call", id, method: value() }, answered: true };
    case 5:
      return { data: { type: "call", id, method: "triggerPayment", params: random() < 0.02 ? any(heavy)() : nest(60) }, answered: true };
    case 6:
      return { data: own("__proto__", { type: "call", id, method: "getAuthCode" }), answered: false };
    default:
      return { data: { type: "call", id }, answered: true };
  }
}

/** Says hello like a page, and returns the port. */
export const shakeHands = () =>
  new Promise((resolve) => {
    const nonce = crypto.randomUUID();
    addEventListener("message", function listen({ data, ports }) {
      if (data?.nonce !== nonce) return;
      removeEventListener("message", listen);
      resolve(ports[0]);
    });
    parent.postMessage({ selasar: 1, type: "hello", nonce }, "*");
  });

/** Sends all messages; resolves with the number of expected answers, and the received answers by code. */
export async function pour(count) {
  const port = await shakeHands();
  const random = seeded(20261122);
  const codes = {};
  let due = 0;
  const end = Number.MAX_SAFE_INTEGER;
  const done = new Promise((resolve) => {
    port.onmessage = ({ data }) => {
      if (data.type === "pong") return resolve();
      const code = data.result?.error?.code ?? JSON.stringify(data).slice(0, 100);
      codes[code] = (codes[code] ?? 0) + 1;
    };
  });
  for (let i = 0; i < count; i++) {
    const { data, answered } = message(random, 1000 + i);
    if (answered) due++;
    const transfer = random() < 0.001 ? [new MessageChannel().port1] : [];
    if (i % 10_000 === 0) {
      // Occasionally a message of 2 MB, and window messages that are not a hello.
      port.postMessage({ type: "call", id: 900_000_000 + i, method: "getConsent", params: { consent_name: "x".repeat(2 << 20) } });
      due++;
    }
    if (i % 100 === 0) parent.postMessage({ selasar: random() < 0.5 ? 1 : data, type: "hello", nonce: [data, "short", 7][i % 3] }, "*");
    port.postMessage(data, transfer);
    if (i % 1_000 === 999) await new Promise((resolve) => setTimeout(resolve)); // gives the host some time, unlike a real flood
  }
  port.postMessage({ type: "ping", id: end });
  await done;
  return { due, codes };
}

/** Makes one valid call over a new port. */
export async function call(method, params) {
  const port = await shakeHands();
  return new Promise((resolve) => {
    port.onmessage = ({ data }) => resolve(data.result);
    port.postMessage({ type: "call", id: 1, method, params });
  });
}
