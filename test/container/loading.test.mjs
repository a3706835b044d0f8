// The ways in which a page loads GoPay's script from its documented address: each gets Selasar's, in three browsers and under
// strict policies. A request to GoPay's host fails the test (test/support/browser).
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { inEveryBrowser } from "../browsers/engine.mjs";
import { startSelasar } from "../support/selasar.mjs";
import { POLICIES, REFUSED, SPECIAL } from "./support/policies.mjs";
import { ENCODINGS, openSite } from "./support/site.mjs";
import { WAYS, WRITTEN } from "./support/ways.mjs";

/** All ways under the strict policy, and the ones that differ to a policy under the others. */
const pages = { ...WRITTEN, ...SPECIAL, ...REFUSED };
for (const [way, page] of Object.entries(WAYS)) pages[`${way}, strict`] = { ...page, ...POLICIES.strict };
for (const [name, policy] of Object.entries(POLICIES)) {
  for (const way of ["tag", "code", "dynamic import", "static import"]) pages[`${way}, ${name}`] = { ...WAYS[way], ...policy };
}
for (const encoding of Object.keys(ENCODINGS)) pages[encoding] = { ...WAYS.tag, ...POLICIES.strict, encoding };

const site = await openSite(pages);
const folder = await mkdtemp(join(tmpdir(), "selasar-ways-"));
await writeFile(join(folder, "miniapp.json"), JSON.stringify({ id: "ways", name: "Ways", dev: { url: site.url } }));
after(async () => {
  await site.close();
  await rm(folder, { recursive: true, force: true });
});

const login = () =>
  new Promise((resolve) => {
    window.gpContainer.call("GPBase", "getAuthCode", {}, resolve, resolve, 60_000);
  });

inEveryBrowser(
  () => startSelasar(folder),
  (its) => {
    test("every way of loading the script, under every policy, gets Selasar's", async () => {
      const { page, selasar } = its;
      its.expected = /violate|Content[- ]Security[- ]Policy|Trusted/; // of the pages whose policy refuses the script
      const frame = page.frame();
      await page.goto(selasar.simulator);
      await page.button("Open Ways").click();
      await frame.css("h1", "Board").waitFor();
      const result = await frame.evaluate(login);
      assert.match(String(result.data?.authCode), /^[0-9A-Za-z]{64}$/, JSON.stringify(result));

      await frame.evaluate("openPages()");
      const results = await frame.waitForFunction(
        (count) => (Object.keys(window.results).length === count || performance.now() > 60_000) && window.results,
        Object.keys(pages).length,
      );
      assert.deepEqual(
        results,
        Object.fromEntries(Object.keys(pages).map((name) => [name, []])),
        "every page has the script and keeps its policy",
      );
    });
  },
);
