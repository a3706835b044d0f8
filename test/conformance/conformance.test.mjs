// Every method of gpContainer in every generation and variant, with its successes and errors, called by a page that
// imports nothing of Selasar. The rows follow from the bindings; docs/conformance.md counts them.
import assert from "node:assert/strict";
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { ENGINES, openEngine } from "../support/browser/engines.mjs";
import { startSelasar } from "../support/selasar.mjs";
import { openSmallHost } from "../support/smallhost.mjs";
import { check } from "./check.mjs";
import { deviceOf, GENERATIONS, groupBy, rowsOf } from "./rows.mjs";

const consents = ["profile", "location", "camera", "device_info", "wifi", "bank_account"];
const root = await mkdtemp(join(tmpdir(), "selasar-conformance-"));
after(() => rm(root, { recursive: true, force: true }));

/** Starts a mini app of a generation. */
async function start(generation, keys = {}) {
  const folder = await mkdtemp(join(root, "app-"));
  await cp(fileURLToPath(new URL("index.html", import.meta.url)), join(folder, "index.html"));
  const manifest = {
    id: "conform",
    name: "Conform",
    generation,
    drafts: true,
    consents: consents.map((name) => ({ name })),
    deeplinks: ["gopay://home"],
    ...keys,
  };
  await writeFile(join(folder, "miniapp.json"), JSON.stringify(manifest));
  return startSelasar(folder);
}

/**
 * Opens the mini app in a small host, whose sheets are answered, and returns what runs rows in it. The
 * simulator would draw its journal after each of some hundred calls.
 */
async function open(browser, selasar) {
  await selasar.control("POST", "/reset", {});
  await selasar.control("PATCH", "/answers", {
    consent: "allow",
    payment: "success",
    deeplink: "open",
    share: "shared",
    camera: "taken",
    uri: "open",
  });
  const { deeplink } = await selasar.control("POST", "/payments", { amount: 15_000, title: "Two coffees" });
  const page = await browser.newPage();
  await openSmallHost(page, selasar.api);
  await page.frame().css("h1", "Conformance").waitFor();
  const paid = (params) => JSON.parse(JSON.stringify(params).replace('"PAYMENT"', JSON.stringify(deeplink)));
  return {
    close: () => page.close(),
    /** Runs rows in one state of the device, and checks each. */
    async run(rows) {
      const calls = rows.map(({ call, params }) => [...call.split("."), paid(params)]);
      const answers = await page.frame().evaluate((all) => window.run(all), calls);
      rows.forEach((row, i) => {
        try {
          check(row, answers[i]);
        } catch (error) {
          error.message = `${row.generation} ${row.method.name}, ${row.title}: ${error.message}\n${JSON.stringify(answers[i])}`;
          throw error;
        }
      });
    },
  };
}

const grouped = (rows, by) => groupBy(rows, (row) => JSON.stringify(by(row))).values();

for (const engine of ENGINES) {
  describe(`in ${engine}`, () => {
    let browser;
    after(() => browser?.close());
    for (const generation of GENERATIONS) {
      const rows = rowsOf(generation);
      const plain = rows.filter(({ ungranted, revoked, ended }) => !ungranted && !revoked && !ended);
      test(`${generation.name}: ${rows.length} rows`, async () => {
        browser ??= await openEngine(engine);
        const selasar = await start(generation.name);
        const ungranted = await start(generation.name, { jsapis: [] });
        try {
          const app = await open(browser, selasar);
          for (const group of grouped(plain, ({ state }) => state)) {
            await selasar.control("PATCH", "/device", deviceOf(group[0]));
            await app.run(group);
          }
          await selasar.control("PATCH", "/device", deviceOf({ state: {} }));
          for (const group of grouped(
            rows.filter(({ revoked }) => revoked),
            ({ revoked }) => revoked,
          )) {
            const name = group[0].revoked;
            await selasar.control("PATCH", "/consents", { name, state: "revoked" });
            await app.run(group);
            await selasar.control("PATCH", "/consents", { name, state: "given" });
          }
          await selasar.control("POST", "/reset", {}); // ends every launch
          await app.run(rows.filter(({ ended }) => ended));
          await app.close();
          const barred = await open(browser, ungranted);
          await barred.run(rows.filter((row) => row.ungranted));
          await barred.close();
        } finally {
          await selasar.stop();
          await ungranted.stop();
        }
      });
    }
  });
}

test("every row belongs to one method, and no two are the same", () => {
  for (const generation of GENERATIONS) {
    const titles = rowsOf(generation).map(({ method, title }) => `${method.name}, ${title}`);
    assert.equal(new Set(titles).size, titles.length);
  }
});
