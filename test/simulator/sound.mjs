import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Rules that axe has switched off by default and that the simulator keeps. */
const MORE = { "label-content-name-mismatch": { enabled: true } };

/** Fails for each violation that axe finds in the simulator's own document; the mini app's frame is the mini app's. */
export async function sound(page, state) {
  await page.evaluate(axe);
  const found = await page.evaluate(async (rules) => {
    const { violations } = await window.axe.run(
      { exclude: ["iframe"] },
      { rules, runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"] } },
    );
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
  }, MORE);
  assert.deepEqual(found, [], state);
}
