import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "../../../scripts/source.mjs";

const { Bridge } = await load("sdk/host/src/index.ts");

const ok = (data) => ({ success: true, data, error: null });

/** A bridge over a port that records the messages it gets. */
function setUp(call = () => ok(null)) {
  const sent = [];
  const port = { postMessage: (message) => sent.push(structuredClone(message)), onmessage: null, closed: 0, close: () => port.closed++ };
  const bridge = new Bridge(port, { call, capabilities: () => ok({ app_version: "2.10.0", methods: {} }) });
  const receive = (data, ports) => port.onmessage({ data, ports });
  const ask = (id, method = "getLocation") => receive({ type: "call", id, method });
  return { bridge, port, sent, receive, ask, types: () => sent.map(({ type, id }) => [type, id]) };
}
const turn = () => new Promise(setImmediate);

test("at most 64 calls run concurrently, and each that ends starts the next", async () => {
  const running = [];
  const { ask, sent } = setUp(() => new Promise((resolve) => running.push(() => resolve(ok(null)))));
  for (let id = 1; id <= 100; id++) ask(id);
  assert.equal(running.length, 64);
  running[0]();
  await turn();
  assert.equal(running.length, 65);
  for (let i = 1; i < running.length; i++) {
    running[i]();
    await turn();
  }
  assert.equal(sent.length, 100);
});

test("a call that waits for a person uses no slot", async () => {
  let running = 0;
  const { ask, types } = setUp((_method, _params, control) => {
    running++;
    control.waiting();
    control.waiting();
    return new Promise(() => {});
  });
  for (let id = 1; id <= 70; id++) ask(id);
  assert.equal(running, 70);
  assert.deepEqual(types().slice(0, 2), [
    ["waiting", 1],
    ["waiting", 1],
  ]);
});

test("a queue of calls that end immediately does not grow the stack", async () => {
  const gates = [];
  let open = false;
  const { ask, sent } = setUp(() => (open ? ok(null) : new Promise((resolve) => gates.push(() => resolve(ok(null))))));
  for (let id = 1; id <= 10_064; id++) ask(id);
  open = true;
  for (const gate of gates) gate();
  await turn();
  assert.equal(sent.length, 10_064);
});

test("a call beyond the full queue is refused with 401", () => {
  const { ask, sent } = setUp(() => new Promise(() => {}));
  for (let id = 1; id <= 10_065; id++) ask(id);
  assert.deepEqual(
    sent.map(({ id, result }) => [id, result.error.code]),
    [[10_065, 401]],
  );
});

test("a handler that throws, rejects or returns an unserialisable value gives 500", async () => {
  for (const call of [
    () => {
      throw new Error("x");
    },
    () => Promise.reject(new Error("x")),
    () => {
      throw Symbol("x");
    },
    () => Promise.reject(Object.create(null)),
    () => ok(() => {}),
    async () => ok(() => {}),
  ]) {
    const { ask, sent } = setUp(call);
    ask(1);
    await turn();
    assert.deepEqual(
      sent.map(({ id, result }) => [id, result.error.code]),
      [[1, 500]],
    );
  }
});

test("an id in use is ignored, running or waiting", () => {
  const { bridge, ask, sent } = setUp(() => new Promise(() => {}));
  for (let id = 1; id <= 65; id++) ask(id);
  ask(1);
  ask(65);
  assert.equal(bridge.stats.ignored, 2);
  assert.deepEqual(sent, []);
});

test("a page that says bye is closed, and its calls are aborted", async () => {
  let signal;
  let finish;
  const { bridge, port, sent, receive, ask } = setUp((_method, _params, control) => {
    signal = control.signal;
    return new Promise((resolve) => (finish = resolve));
  });
  let closed = 0;
  bridge.onClose = () => closed++;
  ask(1);
  receive({ type: "bye" });
  bridge.close();
  finish(ok(null));
  await turn();
  assert.deepEqual([signal.aborted, signal.reason, closed, port.closed, port.onmessage], [true, "page_gone", 1, 1, null]);
  assert.deepEqual([bridge.stats.dropped, bridge.stats.settled], [1, 0]);
  assert.deepEqual(sent, [{ type: "bye" }]);
});

test("transferred ports are closed, and unreadable messages are ignored", () => {
  const { bridge, receive } = setUp();
  let junk = 0;
  receive({ type: "nonsense" }, [{ close: () => junk++ }]);
  receive({
    get type() {
      throw new Error("x");
    },
  });
  assert.deepEqual([junk, bridge.stats.ignored], [1, 2]);
});

test("ping, capabilities and events are answered or sent", () => {
  const { bridge, sent, receive } = setUp();
  receive({ type: "ping", id: 4 });
  receive({ type: "capabilities", id: 5 });
  bridge.emit("launchend", { reason: "user_closed", message: "over" });
  assert.deepEqual(sent, [
    { type: "pong", id: 4 },
    { type: "result", id: 5, result: ok({ app_version: "2.10.0", methods: {} }) },
    { type: "event", name: "launchend", data: { reason: "user_closed", message: "over" } },
  ]);
});
