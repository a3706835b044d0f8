// The speed of a call compared with its floor, in Chromium.
//
//   node test/bench/bridge.mjs                          the bridge alone, compared with a raw MessageChannel
//   node test/bench/bridge.mjs --server URL             and real calls to a running `selasar dev`, compared with MessageChannel + WebSocket
//   node test/bench/bridge.mjs --selasar BINARY         the same; starts and stops the server itself
//   --json                                              only the JSON line
//
// The rounds of the floor and of the bridge alternate; the figures are medians of the rounds.
import { parseArgs } from "node:util";
import { WebSocketServer } from "ws";
import { frameAt, openBrowser, openPage } from "../support/browser.mjs";
import { openSite } from "../bridge/support/site.mjs";
import { measureReal, startSelasar } from "./real.mjs";

const { values: options } = parseArgs({
  options: { server: { type: "string" }, selasar: { type: "string" }, json: { type: "boolean" }, rounds: { type: "string", default: "9" } },
});
const rounds = Number(options.rounds);
const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
const middle = (runs) => ({ p50_ms: median(runs.map(({ p50 }) => p50)), per_second: Math.round(median(runs.map(({ rate }) => rate))) });

const site = await openSite();
const echo = new WebSocketServer({ server: site.server });
echo.on("connection", (ws) =>
  ws.on("message", (data) => ws.send(JSON.stringify({ id: JSON.parse(data).id, result: { success: true, data: null, error: null } }))),
);
const browser = await openBrowser();
const selasar = options.selasar ? await startSelasar(options.selasar) : undefined;
const server = options.server ?? selasar?.url;
try {
  const figures = {};
  for (const [where, host] of [
    ["same site", "localhost"],
    ["other site", "app.example"],
  ])
    figures[where] = await measureBridge(host);
  figures["first call"] = await measureFirstCall();
  if (server) {
    const scripts = [];
    figures["real call"] = await measureCalls(scripts);
    figures.ready = scripts[0]; // of the same site
  }
  if (!options.json) print(figures);
  console.log(JSON.stringify(figures));
} finally {
  await browser.close();
  await selasar?.stop();
  echo.close();
  await site.close();
}

async function openPair(host) {
  const page = await openPage(browser);
  await page.goto(site.url("/bench-host.html"));
  await page.waitForFunction("window.firstCall");
  const src = site.url("/bench-app.html", host);
  await page.evaluate((src) => document.body.append(Object.assign(document.createElement("iframe"), { src })), src);
  const frame = await frameAt(page, src);
  await frame.waitForFunction("window.measure");
  return { page, frame };
}

async function measureBridge(host) {
  const { page, frame } = await openPair(host);
  const raw = [];
  const bridge = [];
  const count = host === "localhost" ? 4_000 : 1_000;
  for (let round = 0; round < rounds; round++) {
    raw.push(await frame.evaluate((count) => measure("raw", count), count));
    bridge.push(await frame.evaluate((count) => measure("bridge", count), count));
  }
  await page.close();
  const share = median(bridge.map(({ rate }, i) => rate / raw[i].rate));
  return { MessageChannel: middle(raw), bridge: middle(bridge), share };
}

/** Measures the time from the frame's insertion to its first answer. */
async function measureFirstCall() {
  const { page } = await openPair("localhost");
  const took = { raw: [], bridge: [] };
  for (let round = 0; round < rounds * 4; round++) {
    for (const kind of ["raw", "bridge"])
      took[kind].push(await page.evaluate((src) => firstCall(src), site.url(`/bench-app.html?${kind}`)));
  }
  await page.close();
  const [raw, bridge] = [median(took.raw), median(took.bridge)];
  return { raw_ms: raw, bridge_ms: bridge, ratio: bridge / raw };
}

/** Measures real calls from a mini app on the host's site and from one on another site: localhost and 127.0.0.1 are two sites. */
async function measureCalls(scripts) {
  const other = new URL(server).hostname === "localhost" ? "127.0.0.1" : "localhost";
  const figures = {};
  for (const [where, host, elsewhere] of [
    ["same site", "localhost"],
    ["other site", "app.example", other],
  ]) {
    const { ready, ...calls } = await measureReal(browser, server, {
      rounds,
      count: 300,
      middle,
      floor: () => measureRelay(host),
      elsewhere,
    });
    figures[where] = calls;
    scripts.push(ready);
  }
  return figures;
}

/** Measures the floor of a real call: the channel, and a WebSocket whose server does nothing. */
async function measureRelay(host) {
  const { page, frame } = await openPair(host);
  await page.evaluate((url) => connect(url), site.url().replace("http", "ws"));
  const one = () => frame.evaluate((count) => measure("relay", count), 300);
  return { one, close: () => page.close() };
}

function print(figures) {
  const row = (name, { p50_ms, per_second }) =>
    console.log(`  ${name.padEnd(34)} ${p50_ms.toFixed(3).padStart(8)} ms ${String(per_second).padStart(8)}/s`);
  for (const where of ["same site", "other site"]) {
    const { MessageChannel: raw, bridge, share } = figures[where];
    console.log(`frame of the ${where}`);
    row("MessageChannel", raw);
    row("bridge", bridge);
    console.log(`  ${"share of its rate".padEnd(34)} ${share.toFixed(2).padStart(8)}`);
  }
  const { raw_ms, bridge_ms, ratio } = figures["first call"];
  console.log(
    `frame inserted to first answer         ${raw_ms.toFixed(1)} ms raw, ${bridge_ms.toFixed(1)} ms bridge, ratio ${ratio.toFixed(2)}`,
  );
  if (!figures["real call"]) return;
  for (const [where, calls] of Object.entries(figures["real call"])) {
    console.log(`real call through the server, mini app on the ${where}`);
    for (const [name, figure] of Object.entries(calls)) row(name, figure);
  }
}
