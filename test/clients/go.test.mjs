import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { startClient } from "./client.mjs";
import { coreCalls } from "./core.mjs";
import { openShop } from "./shop.mjs";

describe("the official Go client of Midtrans, unmodified, behind a proxy that ends TLS", () => {
  const its = {};
  let folder;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "selasar-go-client-"));
    const program = join(folder, "client");
    await promisify(execFile)("go", ["build", "-o", program, "."], { cwd: fileURLToPath(new URL("go", import.meta.url)) });
    its.shop = await openShop();
    its.client = startClient([program], { HTTPS_PROXY: its.shop.proxy.url, NO_PROXY: "", SSL_CERT_FILE: its.shop.ca });
  });
  after(async () => {
    await its.client?.stop();
    await its.shop?.close();
    await rm(folder, { recursive: true, force: true });
  });

  coreCalls(its);

  test("takes a number as order_id, as the client writes it from a map", async () => {
    const order_id = Date.now();
    const { keys, selasar } = its.shop;
    const order = { transaction_details: { order_id, gross_amount: 13_000 }, gopay: { pop_id: keys.pop_id } };
    const { value, error } = await its.client.ask({ do: "token", server_key: keys.checkout.server_key, order });
    assert.equal(error, null);
    assert.ok(value.redirect_url.startsWith(selasar.api));
  });

  test("does not trust the proxy without the file of its authority", async () => {
    const stranger = startClient([join(folder, "client")], { HTTPS_PROXY: its.shop.proxy.url, NO_PROXY: "", SSL_CERT_FILE: "" });
    const { error } = await stranger.ask({ do: "status", server_key: its.shop.keys.checkout.server_key, order_id: randomUUID() });
    await stranger.stop();
    assert.match(error.message, /certificate signed by unknown authority/);
  });
});
