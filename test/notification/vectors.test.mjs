// Midtrans' clients verify a notification over the body after parsing and serialising it.
import assert from "node:assert/strict";
import { createVerify, createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const read = (name) => JSON.parse(readFileSync(new URL(`../../spec/vectors/${name}`, import.meta.url), "utf8"));
const { path, timestamp, cases } = read("notifications.json");
const { public_key: key } = read("signature.json");

for (const { name, body, signature } of cases) {
  test(`a notification verifies after JavaScript has parsed and serialised it: ${name}`, () => {
    const again = JSON.stringify(JSON.parse(body));
    assert.equal(again, body);
    const hash = createHash("sha256").update(again).digest("hex");
    const verify = createVerify("SHA256").update(`POST:${path}:${hash}:${timestamp}`);
    assert.ok(verify.verify(key, signature, "base64"));
  });
}
