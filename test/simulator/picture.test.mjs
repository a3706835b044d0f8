import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { build } from "esbuild";

/** The modules of the time picture, as the page uses them, without a browser. */
async function load() {
  const { outputFiles } = await build({
    stdin: {
      contents:
        'export * from "./span.ts"; export * from "./scale.ts"; export * from "./picture.ts"; export { JournalLog } from "./log.ts";',
      resolveDir: new URL("../../web/simulator/src/journal", import.meta.url).pathname,
    },
    bundle: true,
    write: false,
    format: "esm",
    logLevel: "silent",
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`);
}
const { JournalLog, spansOf, createScale, pictureOf, causesOf } = await load();

let seq = 0;
const entry = (kind, at, more = {}) => ({ seq: ++seq, id: `e${seq}`, at, kind, title: kind, outcome: "ok", payment: "P1", ...more });
const request = (at, ms, more) => entry("request", at, { duration_us: ms * 1_000, event: "request.answered", ...more });
const order = () => [
  entry("payment", 1_005, { event: "payment.created", outcome: "info" }),
  entry("notification", 1_005, { event: "notification.queued", outcome: "info" }),
  request(1_020, 20, { title: "POST /v1.0/debit/payment-host-to-host" }),
  entry("call", 1_060, {
    event: "call.opened",
    outcome: "open",
    call_id: "c1",
    launch_id: "l1",
    title: "triggerPayment",
    detail: { asks: [{ id: "a1", kind: "payment", opened_at: 1_060 }] },
  }),
  entry("notification", 1_090, { event: "notification.delivered", duration_us: 60_000 }),
];
const logged = (entries) => {
  const log = new JournalLog();
  for (const one of entries) log.add(one);
  return log;
};
const names = (log) => log.rows.map(({ entry: e }) => e.event);

describe("the journal as a picture", () => {
  test("has a request above what it caused, and its effects indented below it", () => {
    const log = logged(order());
    assert.deepEqual(names(log), ["request.answered", "payment.created", "notification.queued", "notification.delivered", "call.opened"]);
    assert.deepEqual(
      log.rows.map(({ depth }) => depth),
      [2, 3, 3, 2, 1],
    );
  });

  test("lets another order's rows where they are", () => {
    const other = entry("payment", 1_010, { event: "payment.created", payment: "P2" });
    const log = logged([other, ...order()]);
    assert.equal(log.rows.find(({ entry: e }) => e.payment === "P2").depth, 0);
  });

  test("tells the wait for a person from the work of machines", () => {
    const spans = spansOf(logged(order()).rows);
    const call = spans.find(({ row }) => row.entry.kind === "call");
    assert.deepEqual(call.waits, [{ from: 1_060, to: 1_090 }]);
    assert.ok(spans.filter((span) => span !== call).every(({ waits }) => waits.length === 0));
  });

  test("joins each effect with its cause", () => {
    const { rows } = logged(order());
    const causes = causesOf(spansOf(rows));
    const cause = (event) => rows[causes[rows.findIndex(({ entry: e }) => e.event === event)]]?.entry.event;
    assert.equal(cause("payment.created"), "request.answered");
    assert.equal(cause("notification.queued"), "payment.created");
    assert.equal(cause("notification.delivered"), "notification.queued");
    assert.equal(cause("request.answered"), undefined);
  });

  test("keeps order and shows milliseconds beside minutes on one scale", () => {
    const at = [0, 3, 5, 180_000, 180_004];
    const spans = at.map((from) => ({ from, to: from, waits: [], row: {} }));
    const { x, ticks } = createScale(spans);
    const places = at.map(x);
    assert.deepEqual(
      places,
      [...places].sort((a, b) => a - b),
    );
    assert.equal(places[0], 0);
    assert.equal(places.at(-1), 1);
    assert.ok(places[1] - places[0] > 0.02 && places[4] - places[3] > 0.02, `milliseconds can be seen: ${places}`);
    assert.ok(x(90_000) > places[2] && x(90_000) < places[3], "a moment between two others lies between them");
    assert.equal(x(-5), 0);
    assert.equal(ticks[0].after, 0);
  });

  test("draws nothing wrong from no rows, and from one", () => {
    assert.deepEqual(pictureOf([]).spans, []);
    const [span] = pictureOf(spansOf(logged([entry("device", 7)]).rows)).spans;
    assert.deepEqual([span.from, span.to], [7, 7]);
  });
});
