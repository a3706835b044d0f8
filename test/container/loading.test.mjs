// The ways in which a page loads GoPay's script from its documented address: each gets Selasar's, in three browsers and under
// strict policies. A request to GoPay's host fails the test.
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { inEveryBrowser } from "../browsers/engine.mjs";
import { startSelasar } from "../support/selasar.mjs";
import { ENCODINGS, openSite, POLICIES } from "./support/site.mjs";
import { WAYS, WRITTEN } from "./support/ways.mjs";

const site = await openSite();
const folder = await mkdtemp(join(tmpdir(), "selasar-ways-"));
await writeFile(join(folder, "miniapp.json"), JSON.stringify({ id: "ways", name: "Ways", dev: { url: site.url } }));
after(async () => {
  await site.close();
  await rm(folder, { recursive: true, force: true });
});

inEveryBrowser(
  () => startSelasar(folder),
  (its) => {
    /** Opens the mini app in the simulator. */
    const launch = async () => {
      site.page = { head: "" };
      await its.page.goto(its.selasar.simulator);
      await its.page.role("button", "Open Ways").click();
      await its.page.frame().css("h1", "Way").waitFor();
    };
    /** Loads a page in the open frame, and returns the answer to its call. */
    const load = async (page) => {
      site.page = page;
      const frame = its.page.frame();
      await frame.evaluate("location.assign('/' + Math.random())");
      const { answer, problems } = await frame.waitForFunction(
        "(window.answer || performance.now() > 8_000) && { answer: window.answer, problems: window.problems ?? [] }",
      );
      assert.deepEqual(problems, [], "the page's policy is kept");
      return answer;
    };
    const succeeds = async (what, page) => {
      const answer = await load(page);
      assert.match(String(answer?.data?.authCode), /^[0-9A-Za-z]{64}$/, `${what}: ${JSON.stringify(answer)}`);
    };

    for (const [name, policy] of Object.entries(POLICIES)) {
      test(`every way works under the policy: ${name}`, async () => {
        await launch();
        for (const [way, page] of Object.entries(WAYS)) await succeeds(`${way} under ${name}`, { ...page, ...policy });
      });
    }

    test("markup that code writes, a base, and every compression of the page's server work", async () => {
      await launch();
      for (const [way, page] of Object.entries(WRITTEN)) await succeeds(way, page);
      for (const encoding of Object.keys(ENCODINGS)) await succeeds(encoding, { ...WAYS.tag, ...POLICIES.strict, encoding });
    });
  },
);
