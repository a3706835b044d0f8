// Readings of sensors: their pace in a page beside setInterval, and what a thousand of them a second cost another call.
//
//   node test/bench/motion.mjs --selasar BINARY [--seconds 4] [--rounds 3]
//
// The last line is JSON: {readings: {ours, floor}, calls: {quiet_p99_ms, busy_p99_ms, ratio, readings_per_second}}.
import { once } from "node:events";
import { parseArgs } from "node:util";
import WebSocket from "ws";
import { frameAt, openBrowser, openPage } from "../support/browser.mjs";
import { openSmallHost } from "../support/smallhost.mjs";
import { startSelasar } from "./real.mjs";

const { values: options } = parseArgs({
  options: {
    selasar: { type: "string" },
    json: { type: "boolean" },
    seconds: { type: "string", default: "4" },
    rounds: { type: "string", default: "3" },
  },
});
const seconds = Number(options.seconds);
const rounds = Number(options.rounds);
const part = (values, share) => values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))];
const median = (values) => part(values, 0.5);

/** Times the readings of a 20 ms subscription in a mini app's page, and the ticks of setInterval(20) there, in turns. */
async function measureReadings() {
  const page = await openPage(browser);
  const origin = await openSmallHost(page, selasar.url);
  const frame = await frameAt(page, origin);
  await frame.evaluate((src) => import(src), new URL("/sdk/stable/gp-container.min.js", selasar.url).href);
  const runs = { ours: [], floor: [] };
  for (let round = 0; round < rounds; round++) {
    runs.floor.push(paceOf(await frame.evaluate(tick, seconds)));
    runs.ours.push(paceOf(await frame.evaluate(sense, seconds)));
  }
  await page.close();
  return { ours: middle(runs.ours), floor: middle(runs.floor) };
}

/** Returns the times of setInterval's ticks, in ms. */
const tick = (seconds) =>
  new Promise((resolve) => {
    const times = [];
    const timer = setInterval(() => times.push(performance.now()), 20);
    setTimeout(() => {
      clearInterval(timer);
      resolve(times);
    }, seconds * 1000);
  });

/** Returns the times of the accelerometer's readings, in ms. */
const sense = (seconds) =>
  new Promise((resolve, reject) => {
    const times = [];
    const read = () => times.push(performance.now());
    document.addEventListener("GPMotion.Event.accelerometer", read);
    gpContainer.call("GPMotion", "startAccelerometer", { interval: "game" }, null, reject);
    setTimeout(() => {
      document.removeEventListener("GPMotion.Event.accelerometer", read);
      gpContainer.call("GPMotion", "stopAccelerometer", {}, () => resolve(times), reject);
    }, seconds * 1000);
  });

function paceOf(times) {
  const gaps = times.slice(1).map((time, i) => time - times[i]);
  const off = gaps.map((gap) => Math.abs(gap - 20));
  return { per_second: (1000 * gaps.length) / (times.at(-1) - times[0]), jitter_p50_ms: median(off), jitter_p99_ms: part(off, 0.99) };
}

const middle = (runs) => Object.fromEntries(Object.keys(runs[0]).map((name) => [name, median(runs.map((run) => run[name]))]));

/** Times getLocale in one launch while twenty other launches read a sensor every 20 ms, and without them, in turns. */
async function measureCalls() {
  const ours = await launch();
  const others = [];
  for (let i = 0; i < 20; i++) others.push(await launch());
  const quiet = [];
  const busy = [];
  let readings = 0;
  let busySeconds = 0;
  for (let round = 0; round < rounds; round++) {
    quiet.push(await p99(ours));
    for (const one of others) await one.call("GPMotion.startAccelerometer", { interval: "game" });
    const before = others.reduce((sum, { heard }) => sum + heard(), 0);
    const began = performance.now();
    busy.push(await p99(ours));
    busySeconds += (performance.now() - began) / 1000;
    readings += others.reduce((sum, { heard }) => sum + heard(), 0) - before;
    for (const one of others) await one.call("GPMotion.stopAccelerometer", {});
  }
  for (const one of [ours, ...others]) one.close();
  const [quiet_p99_ms, busy_p99_ms] = [median(quiet), median(busy)];
  return {
    quiet_p99_ms,
    busy_p99_ms,
    ratio: median(busy.map((value, i) => value / quiet[i])),
    readings_per_second: readings / busySeconds,
  };
}

async function p99(one) {
  const took = [];
  for (const end = performance.now() + seconds * 500; performance.now() < end; ) {
    const began = performance.now();
    await one.call("GPBase.getLocale", {});
    took.push(performance.now() - began);
    await new Promise((later) => setImmediate(later));
  }
  return part(took, 0.99);
}

/** Opens a launch by the host protocol, with a socket. */
async function launch() {
  const api = `${selasar.url}/host/v1`;
  const post = async (path, body, token) => {
    const headers = { "content-type": "application/json", ...(token && { authorization: `Bearer ${token}` }) };
    return (await fetch(api + path, { method: "POST", headers, body: JSON.stringify(body) })).json();
  };
  const { launch_id, token, ask } = await post("/launches", {});
  if (ask) await post(`/asks/${ask.id}/answer`, { answer: "allow" }, token);
  const socket = new WebSocket(`${api.replace("http", "ws")}/launches/${launch_id}/socket`);
  await once(socket, "open");
  const waiting = new Map();
  let readings = 0;
  let id = 0;
  const ready = new Promise((resolve) => waiting.set("ready", resolve));
  socket.on("message", (data) => {
    const message = JSON.parse(data);
    if (message.type === "event") readings += message.event.name === "subscription_reading" ? 1 : 0;
    else if (message.type === "ready") waiting.get("ready")();
    else {
      waiting.get(message.id)?.(message);
      waiting.delete(message.id);
    }
  });
  socket.send(JSON.stringify({ type: "hello", token }));
  await ready;
  return {
    heard: () => readings,
    close: () => socket.close(),
    async call(method, params) {
      const answered = new Promise((resolve) => waiting.set(++id, resolve));
      socket.send(JSON.stringify({ id, type: "call", dialect: "container", method, params }));
      const { result, error } = await answered;
      if (!result?.success) throw new Error(`${method}: ${JSON.stringify(result ?? error)}`);
      return result;
    },
  };
}

const selasar = await startSelasar(options.selasar);
const browser = await openBrowser();
try {
  const figures = { readings: await measureReadings(), calls: await measureCalls() };
  console.log(JSON.stringify(figures));
} finally {
  await browser.close();
  await selasar.stop();
}
