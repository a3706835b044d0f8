import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "../../../scripts/source.mjs";

const { Link } = await load("sdk/host/src/link.ts");

/** A link over sockets and a clock that the test controls. */
function setUp(t) {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  let now = 0;
  t.mock.method(performance, "now", () => now);
  const sockets = [];
  globalThis.WebSocket = class {
    sent = [];
    constructor() {
      sockets.push(this);
    }
    send(text) {
      this.sent.push(JSON.parse(text));
    }
    close() {}
    /** The server's messages. */
    hear(message) {
      this.onmessage({ data: JSON.stringify(message) });
    }
  };
  t.after(() => delete globalThis.WebSocket);
  const link = new Link("ws://selasar", "token", { event() {}, down() {}, over() {}, async revive() {} });
  const tick = (ms) => {
    now += ms;
    t.mock.timers.tick(ms);
  };
  const call = () => {
    const outcome = {};
    link.call({ type: "call", method: "getLocation" }).then(
      (reply) => {
        outcome.reply = reply;
      },
      (error) => {
        outcome.error = error.message;
      },
    );
    return outcome;
  };
  return { link, sockets, tick, call };
}
const turn = () => new Promise(setImmediate);

test("a call waits for a slow first connection", async (t) => {
  const { sockets, tick, call } = setUp(t);
  const early = call();
  tick(8_000);
  const late = call();
  sockets[0].onopen();
  sockets[0].hear({ type: "ready" });
  assert.deepEqual(
    sockets[0].sent.map(({ type }) => type),
    ["hello", "call", "call"],
  );
  for (const id of [1, 2]) sockets[0].hear({ type: "reply", id, result: id });
  await turn();
  assert.deepEqual([early.reply.result, late.reply.result], [1, 2]);
});

test("a call is refused after 9 s when the server never answers", async (t) => {
  const { tick, call } = setUp(t);
  const outcome = call();
  tick(8_999);
  await turn();
  assert.deepEqual(outcome, {});
  tick(1);
  await turn();
  assert.deepEqual(outcome, { error: "Selasar cannot be reached" });
});

test("a call is refused 3 s after the connection was lost, even the first one", async (t) => {
  const { sockets, tick, call } = setUp(t);
  const before = call();
  sockets[0].onclose();
  tick(2_000);
  const after = call();
  await turn();
  assert.deepEqual([before, after], [{}, {}]);
  tick(1_000);
  await turn();
  assert.deepEqual([before.error, after.error], Array(2).fill("Selasar cannot be reached"));
});

test("a page that has gone is told again after a lost connection", async (t) => {
  const { link, sockets, tick } = setUp(t);
  sockets[0].onopen();
  sockets[0].hear({ type: "ready" });
  link.leave(3);
  sockets[0].onclose();
  tick(200);
  await turn();
  sockets[1].onopen();
  sockets[1].hear({ type: "ready" });
  for (const { sent } of sockets) assert.deepEqual(sent.at(-1), { id: 1, type: "leave", page: 3 });
});
