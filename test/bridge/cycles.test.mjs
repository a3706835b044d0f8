// Launches that are opened and closed leak nothing (F5).
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openBareBrowser } from "../support/barebrowser.mjs";
import { Selasar } from "./support/selasar.mjs";
import { openSite } from "./support/site.mjs";

/** `make test-wide` runs a thousand. A leak of one object in each launch shows with any number. */
const CYCLES = Number(process.env.SELASAR_CYCLES ?? 250);
const WARM = 50;
const COMPARED = 120;
const kinds = ["MessagePort", "WebSocket", "AbortController", "HTMLIFrameElement"];

let browser, page, app, selasar;
before(async () => {
  app = await openSite();
  selasar = await Selasar.open(app.url("/cycle.html"));
  browser = await openBareBrowser();
  page = await browser.open(selasar.site.url("/host.html"));
});
after(async () => {
  await browser?.close();
  await selasar?.close();
  await app?.close();
});

/** Opens and closes launches one after another; resolves with the duration of a call in each. */
async function cycle(count) {
  const took = [];
  for (let i = 0; i < count; i++) {
    const frame = document.createElement("iframe");
    const heard = new Promise((resolve) => {
      addEventListener("message", function listen({ data, source }) {
        if (source !== frame.contentWindow || !data.took) return;
        removeEventListener("message", listen);
        resolve(data.took);
      });
    });
    document.body.append(frame);
    const session = await host.openMiniApp({ api: "", frame, onAsk: async () => undefined });
    took.push(await heard);
    await session.close();
    frame.remove();
  }
  return took;
}

const run = (count, where = page) => where.evaluate(`(${cycle})(${count})`);
const quartile = (values) => [...values].sort((a, b) => a - b)[values.length >> 2];

/** Counts the live objects of the page after a garbage collection, once the server has seen the last socket close. */
async function inventory() {
  while (selasar.sockets.size > 0) await page.evaluate("0");
  await page.send("Performance.enable");
  await page.send("HeapProfiler.collectGarbage");
  await page.send("HeapProfiler.collectGarbage");
  const { metrics } = await page.send("Performance.getMetrics");
  const metric = (name) => metrics.find((each) => each.name === name).value;
  const left = { listeners: metric("JSEventListeners"), frames: metric("Frames") };
  for (const kind of kinds) {
    const { result } = await page.send("Runtime.evaluate", { expression: `${kind}.prototype`, objectGroup: "inventory" });
    const { objects } = await page.send("Runtime.queryObjects", { prototypeObjectId: result.objectId, objectGroup: "inventory" });
    const { result: all } = await page.send("Runtime.getProperties", { objectId: objects.objectId, ownProperties: true });
    left[kind] = all.filter(({ name }) => /^\d+$/.test(name)).length;
    await page.send("Runtime.releaseObjectGroup", { objectGroup: "inventory" });
  }
  return { left, heap: (await page.send("Runtime.getHeapUsage")).usedSize };
}

test(`${CYCLES} launches opened and closed leave no listener, port or socket`, async (t) => {
  await run(WARM);
  const before = await inventory();
  await run(CYCLES - WARM);
  const after = await inventory();

  assert.deepEqual(after.left, before.left);
  assert.equal(after.left.WebSocket, 0);
  const growth = after.heap - before.heap;
  assert.ok(growth <= 1 << 20, `the heap grew by ${growth} bytes`);
  assert.equal([...selasar.launches.values()].filter(({ gone }) => gone).length, CYCLES);
  t.diagnostic(`heap ${growth} B, left ${JSON.stringify(after.left)}`);
});

test("a call in the last launch takes no longer than one in the first", async (t) => {
  // A page after many launches alternates with a warm one, and each goes first equally often, so that a busy machine
  // slows both. The test compares the fastest quarter of the calls once, because these are disturbed least:
  // a page that has become slower is slower there too.
  const fresh = await browser.open(selasar.site.url("/host.html"));
  await run(WARM, fresh);
  const took = { first: [], last: [] };
  const measure = { first: async () => took.first.push(...(await run(1, fresh))), last: async () => took.last.push(...(await run(1))) };
  for (let turn = 0; turn < COMPARED; turn++) {
    for (const which of turn % 2 ? ["last", "first"] : ["first", "last"]) await measure[which]();
  }
  const [first, last] = [quartile(took.first), quartile(took.last)];
  t.diagnostic(`a call takes ${first.toFixed(3)} ms in a fresh page, ${last.toFixed(3)} ms after ${CYCLES} launches`);
  assert.ok(last <= first * 1.2, `${last} ms against ${first} ms`);
});
