import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { frameAt, openPage } from "../support/browser.mjs";
import { openSmallHost } from "../support/smallhost.mjs";
import { startBinary } from "../support/selasar.mjs";

const manifest = {
  id: "bench",
  name: "Bench",
  generation: "container-v2",
  consents: [{ name: "location", mandatory: true, reason: "to be measured" }],
};

/** Starts `selasar dev` on free ports with a mini app of one empty page; `stop` ends it and deletes its files. */
export async function startSelasar(binary) {
  const folder = await mkdtemp(join(tmpdir(), "selasar-bench-"));
  await writeFile(join(folder, "miniapp.json"), JSON.stringify(manifest));
  await writeFile(join(folder, "index.html"), "<!doctype html><title>bench</title>");
  await writeFile(join(folder, "empty.js"), "");
  const selasar = await startBinary(binary, folder, "--data", join(folder, "data"));
  return {
    url: selasar.api,
    async stop() {
      await selasar.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Times a method of `sdk` in groups of ten, because a page's clock is coarse. A name with a class is one of gpContainer. */
const timeMethod = async ([method, count]) => {
  const names = method.split(".");
  const one = names.length === 1 ? () => sdk[method]() : () => gpContainer.call(...names, {});
  const took = [];
  const start = performance.now();
  for (let tens = 0, last = start; tens < count / 10; tens++) {
    for (let i = 0; i < 10; i++) {
      const { success, error } = await one();
      if (!success) throw new Error(error.message);
    }
    const now = performance.now();
    took.push((now - last) / 10);
    last = now;
  }
  return { p50: took.sort((a, b) => a - b)[took.length >> 1], rate: count / ((performance.now() - start) / 1000) };
};

/** Times a tag's insertion until `gpContainer` exists, beside an empty script of the mini app. Returns the medians in ms. */
const timeScript = async ([src, rounds]) => {
  const load = (url) =>
    new Promise((resolve, reject) => {
      const began = performance.now();
      const onload = () => resolve(performance.now() - began);
      document.head.append(Object.assign(document.createElement("script"), { src: url, onload, onerror: reject }));
    });
  const middle = (values) => values.sort((a, b) => a - b)[values.length >> 1];
  const took = { ours: [], floor: [] };
  for (let round = 0; round < rounds * 3; round++) {
    delete window.gpContainer;
    took.ours.push(await load(src));
    took.floor.push(await load("/empty.js"));
  }
  return { ready_ms: middle(took.ours), empty_ms: middle(took.floor) };
};

/**
 * Makes Selasar create a page's launches under another name of this machine, like a super app with its mini apps on a separate
 * site. By default the server puts a mini app under the name of the request, which is the page's own name.
 */
async function launchUnder(page, server, name) {
  const launches = new URL("/host/v1/launches", server);
  const there = new URL(launches);
  there.hostname = name;
  await page.route(launches.href, async (route) => {
    const made = await fetch(there, { method: "POST", body: route.request().postData() });
    await route.fulfill({ status: made.status, contentType: "application/json", body: await made.text() });
  });
}

/**
 * Calls one after another through a whole session: `getLocation` reads, `getAuthCode` writes.
 * @param elsewhere a name for the mini app's site, if it differs from the host's; its frame then has a separate process
 */
export async function measureReal(browser, server, { rounds, count, middle, floor, elsewhere }) {
  const page = await openPage(browser);
  if (elsewhere) await launchUnder(page, server, elsewhere);
  const origin = await openSmallHost(page, server);
  const frame = await frameAt(page, origin);
  if (elsewhere) await page.context().newCDPSession(frame); // refused for a frame in its page's process
  await frame.evaluate(async (client) => {
    const { MiniAppSDK } = await import(client);
    window.sdk = new MiniAppSDK();
  }, new URL("/sdk/miniapp-client.js", server).href);
  const ready = await frame.evaluate(timeScript, [new URL("/sdk/stable/gp-container.min.js", server).href, rounds]);

  const relay = await floor();
  const methods = ["getLocation", "getAuthCode", "GPLocation.getLocation", "GPMiniAppAuth.getAuthCode"];
  const runs = Object.fromEntries(["MessageChannel + WebSocket", ...methods].map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    runs["MessageChannel + WebSocket"].push(await relay.one());
    for (const method of methods) {
      runs[method].push(await frame.evaluate(timeMethod, [method, count]));
    }
  }
  await relay.close();
  await page.evaluate("session.close()");
  await page.close();
  return { ...Object.fromEntries(Object.entries(runs).map(([name, all]) => [name, middle(all)])), ready };
}
