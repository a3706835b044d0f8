import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openProxy } from "../../examples/midtrans-proxy/proxy.mjs";
import { startSelasar } from "../support/selasar.mjs";

/**
 * A shop that uses one of Midtrans' clients: Selasar, the proxy of docs/payments.md, and a receiver of notifications.
 * @param before the part of the notification URL's path before /v1.0/debit/notify
 */
export async function openShop(before = "") {
  const heard = [];
  const receiver = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    heard.push({ url: request.url, rawHeaders: request.rawHeaders, headers: request.headers, body });
    response.end();
  });
  await once(receiver.listen(0, "127.0.0.1"), "listening");
  const folder = await mkdtemp(join(tmpdir(), "selasar-clients-"));
  const notification_url = `http://127.0.0.1:${receiver.address().port}${before && `${before}/v1.0/debit/notify`}`;
  await writeFile(join(folder, "miniapp.json"), JSON.stringify({ id: "toko", name: "Toko", generation: "webview", notification_url }));
  await writeFile(join(folder, "index.html"), "<!doctype html>");
  const selasar = await startSelasar(folder);
  const ca = join(folder, "ca.pem");
  const proxy = await openProxy({ to: selasar.api, ca });
  const keys = await selasar.control("GET", "/credentials");
  return {
    selasar,
    proxy,
    ca,
    keys,
    heard,
    /** Pays on the page that the client was given. It must be Selasar's own, whatever host the client has called. */
    async pay(page) {
      assert.ok(page.startsWith(`${selasar.api}/`), page);
      const answer = await fetch(page, { method: "POST", body: new URLSearchParams({ choice: "pay", pin: "123456" }) });
      assert.ok((await answer.text()).includes('data-state="paid"'));
    },
    async close() {
      await selasar.stop();
      await proxy.close();
      receiver.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
