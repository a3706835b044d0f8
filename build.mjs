// Builds everything that the Go binary embeds: the SDKs and the simulator's page.
// The output is committed; the same sources always give the same bytes.
//
//   node build.mjs                  all of it
//   node build.mjs --only sdk       or: --only openapi, --only simulator, --only conformance
import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { buildConformance } from "./scripts/build/conformance.mjs";
import { buildOpenapi } from "./scripts/build/openapi.mjs";
import { buildPage } from "./scripts/build/page.mjs";
import { buildClient, buildContainer, buildHost } from "./scripts/build/sdk.mjs";

const { values } = parseArgs({ options: { only: { type: "string" } } });
const wanted = (part) => values.only === undefined || values.only === part;

if (values.only !== undefined && !["openapi", "sdk", "simulator", "conformance"].includes(values.only)) {
  console.error(`build.mjs: --only takes openapi, sdk, simulator or conformance, not ${values.only}`);
  process.exit(2);
}
if (wanted("openapi")) await buildOpenapi();
if (wanted("conformance")) await buildConformance();
if (wanted("sdk")) {
  await buildClient();
  await buildContainer();
  await buildHost();
}
if (wanted("simulator")) {
  if (existsSync("web/simulator/src/main.tsx")) {
    await buildPage("simulator");
  } else {
    console.log("simulator: no web/simulator/src/main.tsx yet, left out");
  }
}
