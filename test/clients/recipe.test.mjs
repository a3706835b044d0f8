// The commands of docs/payments.md for clients without a base URL. scripts/wide/clients.test.mjs runs those for PHP and Java.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { startSelasar } from "../support/selasar.mjs";
import { ended } from "../../examples/midtrans-proxy/proxy.mjs";
import { follow } from "./recipe.mjs";

const run = promisify(execFile);
const here = (name) => fileURLToPath(new URL(name, import.meta.url));
let selasar, folder, page, request;
before(async () => {
  selasar = await startSelasar();
  folder = await mkdtemp(join(tmpdir(), "selasar-recipe-"));
  page = await follow(selasar.api, folder);
  const { checkout } = await selasar.control("GET", "/credentials");
  request = join(folder, "request.json");
  await writeFile(request, JSON.stringify({ do: "status", server_key: checkout.server_key, order_id: "order-of-nobody" }));
});
after(async () => {
  await page?.close();
  await selasar?.stop();
  await rm(folder, { recursive: true, force: true });
});

test("the page's commands lead the Go client to Selasar", async () => {
  const program = join(folder, "client");
  await run("go", ["build", "-o", program, "."], { cwd: here("go") });
  assert.match(await page.run("Go", ["go run .", `${program} <${request}`]), /"status":404/);
});

test("the page's commands lead the Node client to Selasar", async () => {
  assert.match(await page.run("Node", ["order.js", `${here("node.mjs")} <${request}`]), /"status":404/);
});

test("the authority of the proxy cannot vouch for other names, and its key is not kept", async () => {
  const ca = await readFile(join(folder, "midtrans-ca.pem"), "utf8");
  assert.doesNotMatch(ca, /PRIVATE KEY/);
  const { stdout } = await run("openssl", ["x509", "-in", join(folder, "midtrans-ca.pem"), "-noout", "-text"]);
  assert.match(stdout, /Name Constraints: critical\s+Permitted:\s+DNS:midtrans\.com/);
});

test("only Midtrans' hosts are answered by the proxy", () => {
  for (const host of ["midtrans.com", "api.midtrans.com", "app.sandbox.midtrans.com", "merchants.sbx.midtrans.com"])
    assert.ok(ended(host), host);
  for (const host of ["notmidtrans.com", "midtrans.com.example", "midtrans.co", "127.0.0.1"]) assert.ok(!ended(host), host);
});

test("other hosts pass through the proxy unread", async () => {
  const other = createServer((_, response) => response.end("the other host"));
  await new Promise((listening) => other.listen(0, "127.0.0.1", listening));
  const url = `http://127.0.0.1:${other.address().port}/`;
  const said = await page.run("Node", ["node order.js", `bash -c 'curl -s --noproxy "" --proxytunnel --proxy $https_proxy ${url}'`]);
  other.close();
  assert.equal(said, "the other host");
});
