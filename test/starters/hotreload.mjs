// One starter project in the simulator: opened untouched, then edited while its page is open.
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { openBrowser, openStrictPage } from "../support/browser.mjs";
import { startUnder } from "../support/selasar.mjs";
import { node22 } from "../support/tools.mjs";
import { until } from "../support/until.mjs";
import { copyOf, environment } from "./project.mjs";
import { startServer } from "./server.mjs";
import { applyEdit, starters } from "./starters.mjs";

const manifest = { id: "starter", name: "Starter", generation: "webview", dev: { command: "npm run dev" } };

/** How `selasar dev` is started on a project. Each returns what it runs, with `stop()`. */
const ways = {
  async "by the command of the manifest"(project, node) {
    await writeFile(join(project, "miniapp.json"), JSON.stringify(manifest));
    return startUnder(environment(node), project);
  },
  async "by the URL of its server"(project, node) {
    const server = await startServer(project, node);
    const selasar = await startUnder(environment(node), server.url).catch(async (error) => {
      await server.stop();
      throw error;
    });
    return { ...selasar, stop: async () => [await selasar.stop(), await server.stop()] };
  },
};

/** Declares the tests of a starter: with Node 22, and with the machine's own Node if it is older and the starter accepts it. */
export function testStarter(name) {
  const starter = starters[name];
  const old = Number(process.versions.node.split(".")[0]) < 22;
  const nodes = { "Node 22": node22, ...(old && starter.node20 && { [`Node ${process.versions.node}`]: async () => undefined }) };
  describe(starter.title, () => {
    let browser;
    before(async () => {
      browser = await openBrowser();
    });
    after(() => browser?.close());
    for (const [title, node] of Object.entries(nodes)) {
      for (const [way, start] of Object.entries(ways)) {
        test(`${title}, started ${way}: hot reload keeps the state of the page`, { timeout: 240_000 }, async (t) => {
          const ends = [];
          t.after(async () => {
            for (const end of ends.reverse()) await end();
          });
          const { project, remove } = await copyOf(name);
          ends.push(remove);
          const selasar = await start(project, await node());
          ends.push(selasar.stop);
          const context = await browser.newContext({ locale: "en-GB" });
          ends.push(() => context.close());
          await keepsItsState(await openStrictPage(context), selasar, project, starter);
        });
      }
    }
  });
}

async function keepsItsState(page, selasar, project, starter) {
  await selasar.control("PATCH", "/answers", { consent: "allow" });
  const failed = failedRequests(page);
  const hotReload = firstMessage(page, new URL(selasar.app).host);
  const frame = page.frameLocator("iframe");

  await page.goto(selasar.simulator);
  await page.getByRole("button", { name: /^Open / }).click();
  await frame.getByText(starter.shows).first().waitFor();
  await Promise.race([hotReload, noMessage()]);

  if (starter.write) await writeFile(join(project, starter.write.file), starter.write.text);
  const button = frame.getByRole("button", { name: starter.press });
  const count = async () => Number((await frame.locator(starter.count).textContent()).match(/\d+/));
  // A server-rendered page ignores the first presses.
  const before = await until(
    async () => {
      await button.click();
      return count();
    },
    (number) => number > 0,
  );
  await frame.locator("body").evaluate(() => (window.notLoadedAgain = true));

  await applyEdit(project, starter.edit);
  if (starter.edit.color) {
    const color = () =>
      frame
        .locator("h1")
        .first()
        .evaluate((heading) => getComputedStyle(heading).color);
    await until(color, (now) => now === starter.edit.color);
  } else {
    await frame.getByText("Good morning").first().waitFor();
  }
  assert.ok((await count()) >= before, "the count is kept");
  assert.equal(await frame.locator("body").evaluate(() => window.notLoadedAgain), true, "the page was not loaded again");
  const problems = page.problems.filter((problem) => !starter.complains?.test(problem));
  assert.deepEqual(problems, [], "no error in the console");
  assert.deepEqual(failed, [], "no request failed");
  const { entries } = await selasar.control("GET", "/journal");
  const troubles = entries.filter(({ event, detail }) => event === "page.trouble" && detail.reason !== "slow");
  assert.deepEqual(troubles, [], "no trouble of the page in the journal");
}

/** Waits for the first message of hot reload. Its socket goes through the mini app's origin. */
const firstMessage = (page, host) =>
  new Promise((resolve) => {
    page.on("websocket", (socket) => new URL(socket.url()).host === host && socket.on("framereceived", resolve));
  });

async function noMessage() {
  await sleep(60_000, undefined, { ref: false });
  throw new Error("no message of hot reload came through the mini app's origin within 60 s");
}

/** Collects the requests of a page that fail or are answered with an error. A request that the page itself cancels is none. */
function failedRequests(page) {
  const failed = [];
  page.on("requestfailed", (request) => {
    const reason = request.failure()?.errorText;
    if (reason !== "net::ERR_ABORTED") failed.push(`${request.url()}: ${reason}`);
  });
  page.on("response", (response) => response.status() >= 400 && failed.push(`${response.url()}: ${response.status()}`));
  return failed;
}
