// Imports of the TypeScript half point one way, as those of the Go half do.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { importsOf } from "./imports.mjs";

/** What each folder may import beside its own files. A name that ends with "(types)" may give types only. */
const LAYERS = {
  "sdk/protocol/src": [],
  "sdk/page/src": ["@selasar/protocol"],
  "sdk/client/src": ["@selasar/protocol", "@selasar/page"],
  "sdk/host/src": ["@selasar/protocol", "@selasar/protocol/openapi (types)"],
  "web/ui/src": ["preact", "@selasar/protocol/openapi (types)"],
  "web/simulator/src": ["preact", "@selasar/miniapp-host", "@selasar/ui", "@selasar/protocol/openapi (types)"],
};

for (const [folder, allowed] of Object.entries(LAYERS)) {
  test(`${folder} imports only what its layer may`, async () => {
    const { files, imports } = await importsOf(join(...folder.split("/")));
    assert.ok(files.length > 3, `${files.length} files were read`);
    for (const each of imports) assert.ok(isAllowed(each, allowed), `${each.file} imports ${each.name}`);
  });
}

function isAllowed({ name, inside, onlyTypes }, allowed) {
  if (name.startsWith(".")) return inside;
  return allowed.some((each) => {
    const [own, types] = each.split(" ");
    if (types && !onlyTypes) return false;
    return name === own || (name.startsWith(`${own}/`) && own !== "@selasar/protocol");
  });
}
