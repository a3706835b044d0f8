// Imports between the TypeScript packages point one way, like those between the Go packages.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { importsOf } from "./imports.mjs";

/** The imports that each folder may have besides its own files. From a name that ends with "(types)" it may import types only. */
const LAYERS = {
  "sdk/protocol/src": [],
  "sdk/page/src": ["@selasar/protocol"],
  "sdk/client/src": ["@selasar/protocol", "@selasar/page"],
  "sdk/host/src": ["@selasar/protocol", "@selasar/protocol/openapi (types)"],
  "web/ui/src": ["preact", "@selasar/protocol/openapi (types)"],
  "web/simulator/src": ["preact", "@selasar/miniapp-host", "@selasar/ui", "@selasar/protocol/openapi (types)"],
};

for (const [folder, allowed] of Object.entries(LAYERS)) {
  test(`${folder} imports only what its layer allows`, async () => {
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
