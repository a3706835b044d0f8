// Arah, the example of gpContainer in React and in Vue: one test for both.
import assert from "node:assert/strict";
import { cp, mkdir, readdir, readFile, rm, symlink } from "node:fs/promises";
import { basename, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { openBrowser, openStrictPage } from "../support/browser.mjs";
import { entry } from "../support/journal.mjs";
import { startUnder } from "../support/selasar.mjs";
import { node22 } from "../support/tools.mjs";
import { until } from "../support/until.mjs";
import { copyOf, environment } from "../starters/project.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));

/**
 * Returns a copy of an example with the packages of the starter project of the same name, which is installed once. The
 * exact versions of the example must be those of the starter.
 */
export async function installedExample(name) {
  const from = join(root, "examples", name);
  const { project, remove } = await copyOf(name);
  for (const file of await readdir(project)) {
    if (file !== "node_modules") await rm(join(project, file), { recursive: true });
  }
  await cp(from, project, { recursive: true, filter: (path) => basename(path) !== "node_modules" });
  await mkdir(join(project, "node_modules/@selasar"));
  await symlink(join(root, "internal/webui/sdk/gp-container"), join(project, "node_modules/@selasar/gp-container"));
  const { dependencies, devDependencies } = JSON.parse(await readFile(join(project, "package.json"), "utf8"));
  for (const [of, wanted] of Object.entries({ ...dependencies, ...devDependencies })) {
    if (!/^\d/.test(wanted) || of === "typescript") continue;
    const { version } = JSON.parse(await readFile(join(project, "node_modules", of, "package.json"), "utf8"));
    assert.equal(version, wanted, `examples/${name} and test/starters/${name} have the same ${of}`);
  }
  return { project, remove };
}

/** Declares the test of an example. */
export function testArah(name, title) {
  describe(`Arah in ${title}`, () => {
    const ends = [];
    let selasar, page, frame, launch;

    before(async () => {
      const { project, remove } = await installedExample(name);
      ends.push(remove);
      selasar = await startUnder(environment(await node22()), project);
      ends.push(selasar.stop);
      const browser = await openBrowser();
      ends.push(() => browser.close());
      page = await openStrictPage(browser, { locale: "en-GB" });
      frame = page.frameLocator("iframe");
      await selasar.control("PATCH", "/answers", { consent: "allow", camera: "taken" });
    });
    after(async () => {
      for (const end of ends.reverse()) await end();
    });

    const press = (label) => frame.getByRole("button", { name: label }).click();
    const calls = async (method) =>
      (await selasar.control("GET", "/journal")).entries.filter(
        ({ event, detail }) => event === "call.succeeded" && detail.method === method,
      );

    test("logs in with one code, finds the position, and takes a photo", async () => {
      const opened = page.waitForResponse((response) => response.url().endsWith("/host/v1/launches"));
      await page.goto(selasar.simulator);
      await page.getByRole("button", { name: `Open Arah (${title})` }).click();
      launch = await (await opened).json();
      await frame.getByText("Got the auth code").waitFor();
      await press("Where am I?");
      await frame.getByText("-6.1754, 106.8272").waitFor();
      await press("Take a photo");
      await until(
        () => frame.getByAltText("What the camera saw").evaluate((image) => image.naturalWidth),
        (width) => width > 0,
      );
      assert.equal((await calls("GPMiniAppAuth.getAuthCode")).length, 1, "one code, although StrictMode runs the effect twice");
    });

    test("has one subscription of the compass while it is shown, and none afterwards", async () => {
      const running = async () => {
        const headers = { Authorization: `Bearer ${launch.token}` };
        return (await (await fetch(`${selasar.api}/host/v1/launches/${launch.launch_id}/background`, { headers })).json()).subscriptions;
      };
      await selasar.control("PATCH", "/device", { motion: { heading: 90 } });
      await press("Show the compass");
      await frame.getByText("Heading 90°").waitFor();
      assert.deepEqual(
        (await running()).map(({ subscription }) => subscription),
        ["compass"],
      );
      assert.equal((await calls("GPMotion.startCompass")).length, 1);
      assert.equal((await calls("GPMotion.stopCompass")).length, 0);
      await press("Hide the compass");
      await entry(selasar, ({ event }) => event === "subscription.ended");
      assert.deepEqual(await running(), []);
    });

    test("shows why a call failed", async () => {
      await selasar.control("PATCH", "/device", { location: { enabled: false } });
      await press("Where am I?");
      await frame.getByRole("alert").getByText("Device not supported").waitFor();
      assert.deepEqual(page.problems, [], "no error in the page");
    });
  });
}
