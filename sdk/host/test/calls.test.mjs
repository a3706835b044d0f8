import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "../../../scripts/source.mjs";

const { Asks } = await load("sdk/host/src/asks.ts");
const { Calls } = await load("sdk/host/src/calls.ts");

const cancelled = { success: true, data: { status: "cancelled" }, error: null };
const control = () => ({ signal: new AbortController().signal, waiting() {}, resumed() {} });

/** Calls over a link whose replies the test controls. The person never answers. */
function setUp() {
  const sent = [];
  const shown = [];
  const link = {
    call: (message) => new Promise((resolve) => sent.push({ message, reply: resolve })),
    answer: () => assert.fail("nobody has answered"),
  };
  const asks = new Asks((ask, signal) => new Promise(() => shown.push({ id: ask.id, signal })));
  return { sent, shown, asks, calls: new Calls(link, asks) };
}

test("a result that arrives before its ask settles the call, and no sheet opens", async () => {
  const { sent, shown, asks, calls } = setUp();
  const result = calls.ofPage(1).call("triggerPayment", {}, control());
  asks.end("closed", "ask-1");
  calls.settle("call-1", cancelled);
  sent[0].reply({ call_id: "call-1", ask: { id: "ask-1", kind: "payment" } });
  assert.deepEqual(await result, cancelled);
  assert.deepEqual(shown, []);
});

test("a result that arrives while the sheet is open closes it", async () => {
  const { sent, shown, asks, calls } = setUp();
  const result = calls.ofPage(1).call("triggerPayment", {}, control());
  sent[0].reply({ call_id: "call-1", ask: { id: "ask-1", kind: "payment" } });
  while (shown.length === 0) await Promise.resolve();
  asks.end("closed", "ask-1");
  calls.settle("call-1", cancelled);
  assert.deepEqual(await result, cancelled);
  assert.equal(shown[0].signal.aborted, true);
});
