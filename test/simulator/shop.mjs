import { createHash, createHmac, createSign } from "node:crypto";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * The tests' mini app with a backend: a folder whose manifest names a real receiver of notifications. The receiver answers with the
 * status `shop.answers`. Refused notifications are not retried automatically within the hour, so a slow test sees no retry.
 */
export async function openShop() {
  const shop = { answers: 200, told: [] };
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (part) => {
      body += part;
    });
    request.on("end", () => {
      shop.told.push(JSON.parse(body));
      response.writeHead(shop.answers, { "Content-Type": "application/json", ...(shop.answers === 200 ? {} : { "Retry-After": "3600" }) });
      response.end(
        JSON.stringify(shop.answers === 200 ? { responseCode: "2005600", responseMessage: "Successful" } : { said: "the shop is closed" }),
      );
    });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  shop.folder = await mkdtemp(join(tmpdir(), "selasar-shop-"));
  await cp(fileURLToPath(new URL("app", import.meta.url)), shop.folder, { recursive: true });
  const manifest = JSON.parse(await readFile(join(shop.folder, "miniapp.json"), "utf8"));
  const more = {
    notification_url: `http://127.0.0.1:${server.address().port}/told`,
    order_history_url: "https://warung.example/second.html",
  };
  await writeFile(join(shop.folder, "miniapp.json"), JSON.stringify({ ...manifest, ...more }));
  shop.close = async () => {
    server.closeAllConnections();
    server.close();
    await rm(shop.folder, { recursive: true, force: true });
  };
  return shop;
}

/** The shop's client of a running Selasar: signs and sends BI-SNAP requests, and calls the mini-app APIs. */
export async function openBackend(selasar) {
  const set = await selasar.control("GET", "/credentials");
  const { accessToken } = await post("/v1.0/access-token/b2b", { grantType: "client_credentials" }, (_, at) => ({
    "X-CLIENT-KEY": set.snap.client_key,
    "X-TIMESTAMP": at,
    "X-SIGNATURE": createSign("RSA-SHA256").update(`${set.snap.client_key}|${at}`).sign(set.snap.private_key, "base64"),
  }));
  let requests = 0;

  /** Sends a signed request and returns the response, which must be a success. */
  async function post(path, body, headers = signed(path)) {
    const text = JSON.stringify(body);
    const { offset_ms } = await selasar.control("GET", "/clock");
    const at = new Date(Date.now() + offset_ms + 7 * 3_600_000).toISOString().replace(/\.\d+Z$/, "+07:00");
    const response = await fetch(new URL(path, selasar.api), {
      method: "POST",
      headers: { "Content-Type": "application/json", ...headers(text, at) },
      body: text,
    });
    const said = await response.json();
    if (!response.ok) throw new Error(`POST ${path}: ${response.status} ${JSON.stringify(said)}`);
    return said;
  }

  function signed(path) {
    return (text, at) => ({
      Authorization: `Bearer ${accessToken}`,
      "X-TIMESTAMP": at,
      "X-SIGNATURE": createHmac("sha512", set.snap.client_secret)
        .update(`POST:${path}:${accessToken}:${createHash("sha256").update(text).digest("hex")}:${at}`)
        .digest("base64"),
      "X-PARTNER-ID": set.snap.partner_id,
      "X-EXTERNAL-ID": `request-${process.pid}-${Date.now()}-${++requests}`,
      "CHANNEL-ID": set.snap.channel_id,
    });
  }

  const idr = (amount) => ({ value: `${amount}.00`, currency: "IDR" });
  return {
    /** Creates an order over BI-SNAP; returns the reference number and the deeplink and URL to pay with. */
    async order(amount = 15_000, title = "Two coffees") {
      const { referenceNo } = await post("/v1.0/debit/payment-host-to-host", {
        partnerReferenceNo: `order-${++requests}`,
        chargeToken: "",
        merchantId: set.merchant_id,
        payOptionDetails: [{ payMethod: "GOPAY", payOption: "GOPAY_WALLET", transAmount: idr(amount) }],
        additionalInfo: { pointOfPurchaseId: set.pop_id, items: [{ id: "1", name: title, quantity: "1", price: idr(amount) }] },
      });
      return { referenceNo, deeplink: `gopay://merchanttransfer?tref=${referenceNo}` };
    },
    status: (referenceNo) => post("/v1.0/debit/status", { originalReferenceNo: referenceNo, serviceCode: "54" }),
    cancel: (referenceNo) => post("/v1.0/debit/cancel", { originalReferenceNo: referenceNo }),
    refund: (referenceNo, amount, reason) =>
      post("/v1.0/debit/refund", {
        originalReferenceNo: referenceNo,
        partnerRefundNo: `back-${++requests}`,
        refundAmount: idr(amount),
        reason,
      }),
    /** Redeems an auth code; returns a function that calls the mini-app APIs as that user. */
    async login(authCode) {
      const basic = Buffer.from(`${set.client_id}:${set.client_secret}`).toString("base64");
      const call = async (method, path, body, authorization) => {
        const response = await fetch(new URL(path, selasar.api), {
          method,
          body: JSON.stringify(body),
          headers: {
            "Content-Type": "application/json",
            "Request-Id": `request-${process.pid}-${Date.now()}-${++requests}`,
            Authorization: authorization,
          },
        });
        const said = await response.json();
        if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${JSON.stringify(said)}`);
        return said.data;
      };
      const { auth_token } = await call("POST", "/v1/mini-apps/authorizations/token", { auth_code: authCode }, `Basic ${basic}`);
      const bearer = (method, path, body) => call(method, path, body, `Bearer ${auth_token}`);
      return {
        push: (template_name, template_parameters) =>
          bearer("POST", "/v1/mini-apps/notifications/push", { template_name, template_parameters }),
        remind: (template_name, template_parameters) => bearer("PUT", "/v1/mini-apps/reminder", { template_name, template_parameters }),
        reward: (reward_type, value, description) =>
          bearer("POST", "/v1/mini-apps/rewards", {
            amount: { value, currency: "IDR" },
            description,
            reward_type,
            metadata: { mini_app_name: "Warung", activity_name: "Stamp card" },
          }),
      };
    },
  };
}
