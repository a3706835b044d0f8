import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "../../../scripts/source.mjs";

const { Asks } = await load("sdk/host/src/asks.ts");

/** Asks for a person whose answers the test controls. */
function setUp() {
  const shown = [];
  const asks = new Asks((ask, signal) => new Promise((resolve, reject) => shown.push({ id: ask.id, signal, resolve, reject })));
  return { asks, shown, ids: () => shown.map(({ id }) => id) };
}
const payment = (id) => ({ id, kind: "payment" });

test("shows one sheet at a time, in the order of arrival", async () => {
  const { asks, shown, ids } = setUp();
  const outcomes = ["a", "b"].map((id) => asks.put(payment(id)));
  assert.deepEqual(ids(), ["a"]);
  shown[0].resolve({ answer: "success" });
  assert.deepEqual(await outcomes[0], { answer: { answer: "success" } });
  assert.deepEqual(ids(), ["a", "b"]);
});

test("never shows an ask that ends before its turn", async () => {
  const { asks, shown, ids } = setUp();
  const [first, second, third] = ["a", "b", "c"].map((id) => asks.put(payment(id)));
  asks.end("closed", "b");
  assert.deepEqual(await second, { ended: "closed" });
  shown[0].resolve({ answer: "pending" });
  await first;
  assert.deepEqual(ids(), ["a", "c"]);
  shown[1].reject(new Error("x"));
  assert.deepEqual(await third, { answer: { answer: "pending" } });
});

test("aborts an ask that ends while it is shown, and ignores its late answer", async () => {
  const { asks, shown, ids } = setUp();
  const [first] = ["a", "b"].map((id) => asks.put(payment(id)));
  asks.end("settled", "a");
  assert.deepEqual(await first, { ended: "settled" });
  assert.deepEqual([shown[0].signal.aborted, shown[0].signal.reason], [true, "settled"]);
  shown[0].resolve({ answer: "success" });
  assert.deepEqual(ids(), ["a", "b"]);
  assert.deepEqual(asks.ids, ["b"]);
});

test("shows no sheet after every ask has ended", async () => {
  const { asks, ids } = setUp();
  const outcomes = ["a", "b"].map((id) => asks.put(payment(id)));
  asks.endAll("launch_ended");
  outcomes.push(asks.put(payment("c")));
  assert.deepEqual(await Promise.all(outcomes), Array(3).fill({ ended: "launch_ended" }));
  assert.deepEqual(ids(), ["a"]);
});

test("counts a missing answer as the safe one", async () => {
  const expected = {
    consent: "decline",
    deeplink: "decline",
    payment: "pending",
    location: "unavailable",
    system_info: "unavailable",
    wifi_info: "unavailable",
  };
  for (const [kind, answer] of Object.entries(expected)) {
    const asks = new Asks(async () => undefined);
    assert.deepEqual(await asks.put({ id: "a", kind }), { answer: { answer } });
  }
  const throws = new Asks(() => {
    throw new Error("x");
  });
  assert.deepEqual(await throws.put({ id: "a", kind: "consent" }), { answer: { answer: "decline" } });
});
