import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "../../../scripts/source.mjs";

const { createAlarm } = await load("sdk/protocol/src/alarm.ts");

/** An alarm on a clock that the test moves. */
function setUp(t) {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  let now = 0;
  t.mock.method(performance, "now", () => now);
  const all = new Map();
  const rung = [];
  const alarm = createAlarm(all, (id) => {
    rung.push([id, now]);
    all.delete(id);
  });
  const add = (id, due) => {
    all.set(id, { due });
    alarm.arm(due);
  };
  const tick = (ms) => {
    for (let i = 0; i < ms; i++) {
      now++;
      t.mock.timers.tick(1);
    }
  };
  /** Nothing runs for a time, as at a breakpoint; then the due timer fires. */
  const block = (ms) => {
    now += ms - 1;
    tick(1);
  };
  return { all, rung, alarm, add, tick, block };
}

test("each deadline expires once, at its time, in any order of arming", (t) => {
  const { rung, add, tick } = setUp(t);
  add(1, 30);
  add(2, 10);
  add(3, 20);
  tick(50);
  assert.deepEqual(rung, [
    [2, 10],
    [3, 20],
    [1, 30],
  ]);
});

test("a removed deadline never expires, a postponed one expires later", (t) => {
  const { all, rung, alarm, add, tick } = setUp(t);
  add(1, 10);
  add(2, 10);
  add(3, 10);
  all.delete(1);
  all.get(2).due = Infinity;
  all.get(3).due = 25;
  tick(24);
  assert.deepEqual(rung, []);
  tick(10);
  assert.deepEqual(rung, [[3, 25]]);
  alarm.arm((all.get(2).due = 40));
  tick(20);
  assert.deepEqual(rung, [
    [3, 25],
    [2, 40],
  ]);
});

test("after a block, the answers that wait behind the timer come first", (t) => {
  const { all, rung, add, tick, block } = setUp(t);
  add(1, 1);
  add(2, 1);
  block(20_000);
  assert.deepEqual(rung, []);
  all.delete(1); // its answer is read now
  tick(250);
  assert.deepEqual(rung, [[2, 20_250]]);
});

test("a timer that is always late, as in a hidden tab, expires a deadline at its second time", (t) => {
  const { rung, add, block } = setUp(t);
  add(1, 1);
  block(60_000);
  t.mock.method(performance, "now", () => 120_000);
  t.mock.timers.tick(60_000);
  assert.equal(rung.length, 1);
});

test("a stopped alarm never expires anything", (t) => {
  const { rung, alarm, add, tick } = setUp(t);
  add(1, 10);
  alarm.stop();
  tick(20);
  assert.deepEqual(rung, []);
});

test("a deadline beyond the longest timer does not make the timer fire repeatedly", (t) => {
  const delays = [];
  t.mock.method(globalThis, "setTimeout", (_ring, ms) => delays.push(ms));
  createAlarm(new Map(), () => {}).arm(performance.now() + Number.MAX_SAFE_INTEGER);
  assert.deepEqual(delays, [2 ** 31 - 1]);
});
