import assert from "node:assert/strict";
import { createHash, generateKeyPairSync, sign } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { after, before, beforeEach, describe, test } from "node:test";
import { notifyPath } from "./midtrans.js";
import { toko } from "./server.js";

const pem = { publicKeyEncoding: { type: "spki", format: "pem" }, privateKeyEncoding: { type: "pkcs8", format: "pem" } };
const platform = generateKeyPairSync("rsa", { modulusLength: 2048, ...pem });
const shop = generateKeyPairSync("rsa", { modulusLength: 2048, ...pem });

const listen = async (server) => {
  await once(server.listen(0, "127.0.0.1"), "listening");
  return `http://127.0.0.1:${server.address().port}`;
};
const read = async (request) => {
  let text = "";
  for await (const chunk of request) text += chunk;
  return text;
};

describe("toko", () => {
  let fake, shopUrl, servers;
  before(async () => {
    fake = { calls: [] };
    const upstream = createServer(async (request, response) => {
      const body = JSON.parse(await read(request));
      fake.calls.push([request.url, body]);
      const answers = {
        "/v1.0/access-token/b2b": { responseCode: "2007300", accessToken: "token" },
        "/v1.0/debit/payment-host-to-host": {
          responseCode: "2005400",
          referenceNo: "A1",
          webRedirectUrl: "https://pay.example/app/merchanttransfer?tref=A1",
        },
        "/v1.0/debit/status": fake.down
          ? { responseCode: "5005501", responseMessage: "Internal Server Error" }
          : { responseCode: "2005500", latestTransactionStatus: fake.latest },
        "/v1.0/debit/refund": { responseCode: "4035815", responseMessage: "Transaction Not Permitted" },
        "/snap/v1/transactions": { token: "snap-token", redirect_url: "" },
      };
      response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify(answers[request.url]));
    });
    const api = await listen(upstream);
    const server = toko({
      SELASAR_API_URL: api,
      SELASAR_POP_ID: "pop",
      SELASAR_MERCHANT_ID: "G1",
      SELASAR_NOTIFICATION_PUBLIC_KEY: platform.publicKey,
      SELASAR_SNAP_CLIENT_KEY: "key",
      SELASAR_SNAP_CLIENT_SECRET: "secret",
      SELASAR_SNAP_PRIVATE_KEY: shop.privateKey,
      SELASAR_SNAP_PARTNER_ID: "partner",
      SELASAR_SNAP_CHANNEL_ID: "12345",
      SELASAR_CHECKOUT_SERVER_KEY: "server-key",
      SELASAR_CHECKOUT_CLIENT_KEY: "client-key",
    });
    shopUrl = await listen(server);
    servers = [upstream, server];
  });
  after(() => servers.forEach((server) => server.close()));
  beforeEach(() => Object.assign(fake, { latest: "01", down: false, calls: [] }));

  const send = async (method, path, body, headers = {}) => {
    const answer = await fetch(shopUrl + path, { method, headers, body: typeof body === "object" ? JSON.stringify(body) : body });
    return { status: answer.status, body: await answer.json() };
  };
  const order = async () => (await send("POST", "/api/orders", { id: "teh", total: 1 })).body;

  /** Sends a notification like the platform: compact JSON, with a signature over its bytes. */
  const notify = (id, payload, key = platform.privateKey) => {
    const body = JSON.stringify(payload);
    const at = "2026-11-24T06:00:00+07:00";
    const hash = createHash("sha256").update(body).digest("hex");
    const signature = sign("RSA-SHA256", Buffer.from(`POST:${notifyPath}:${hash}:${at}`), key).toString("base64");
    return send("POST", notifyPath, body, { "X-TIMESTAMP": at, "X-SIGNATURE": signature, "X-EXTERNAL-ID": id });
  };

  test("returns the deeplink with the query of the page, and calculates the price itself", async () => {
    const made = await order();
    const { body } = await send("POST", `/api/orders/${made.number}/payment`);
    assert.equal(body.deeplink, "gopay://merchanttransfer?tref=A1");
    const [, sent] = fake.calls.find(([path]) => path === "/v1.0/debit/payment-host-to-host");
    assert.deepEqual(sent.payOptionDetails[0].transAmount, { value: "15000.00", currency: "IDR" });
    assert.equal(sent.additionalInfo.pointOfPurchaseId, "pop");
  });

  test("makes one payment for an order, by one API", async () => {
    const [first, second] = [await order(), await order()];
    for (let i = 0; i < 2; i++) assert.equal((await send("POST", `/api/orders/${first.number}/payment`)).body.order.way, "pay");
    for (let i = 0; i < 2; i++) assert.equal((await send("POST", `/api/orders/${second.number}/checkout`)).body.token, "snap-token");
    assert.equal((await send("POST", `/api/orders/${first.number}/checkout`)).status, 409);
    assert.equal((await send("POST", `/api/orders/${second.number}/payment`)).status, 409);
    const made = fake.calls.map(([path]) => path).filter((path) => path.endsWith("host-to-host") || path.endsWith("transactions"));
    assert.deepEqual(made, ["/v1.0/debit/payment-host-to-host", "/snap/v1/transactions"]);
  });

  test("asks the platform after a notification, and processes each notification once", async () => {
    const made = await order();
    await send("POST", `/api/orders/${made.number}/payment`);
    const payload = { originalPartnerReferenceNo: made.number, latestTransactionStatus: "00" };
    assert.equal((await notify("1", payload)).status, 200); // the notification says paid, but the platform does not
    assert.equal((await send("GET", `/api/orders/${made.number}`)).body.state, "created");

    Object.assign(fake, { latest: "00", down: true, calls: [] });
    assert.equal((await notify("2", payload)).status, 502); // the platform must retry it
    fake.down = false;
    for (let i = 0; i < 3; i++) assert.equal((await notify("2", payload)).body.responseCode, "2005600");
    assert.equal(fake.calls.filter(([path]) => path === "/v1.0/debit/status").length, 2);
    const { body } = await send("GET", `/api/orders/${made.number}`);
    assert.deepEqual([body.state, body.heard], ["paid", "paid"]);
  });

  test("refuses an altered notification and one with another key", async () => {
    const made = await order();
    fake.latest = "00";
    assert.equal((await notify("3", { originalPartnerReferenceNo: made.number }, shop.privateKey)).status, 401);
    assert.equal((await send("POST", notifyPath, "{}", { "X-SIGNATURE": "AAAA" })).status, 401);
    assert.equal((await send("POST", notifyPath, "not json")).status, 400);
    assert.deepEqual(fake.calls, []);
  });

  test("finds a payment of Snap Checkout by the order number", async () => {
    const made = await order();
    assert.equal((await send("POST", `/api/orders/${made.number}/checkout`)).body.token, "snap-token");
    await send("GET", `/api/orders/${made.number}`);
    assert.deepEqual(fake.calls.at(-1)[1], { originalExternalId: made.number, serviceCode: "54" });
  });

  test("answers with the platform's refusal, and with 404 for unknown orders", async () => {
    const made = await order();
    const { status, body } = await send("POST", `/api/orders/${made.number}/refund`);
    assert.deepEqual([status, body.error], [502, "4035815 Transaction Not Permitted"]);
    assert.equal((await send("POST", "/api/orders", { id: "gold" })).status, 400);
    assert.equal((await send("GET", "/api/orders/T-1")).status, 404);
    assert.equal((await send("POST", `/api/orders/${made.number}/constructor`)).status, 404);
    assert.throws(() => toko({}), /toko needs SELASAR_API_URL.*selasar dev examples\/toko/);
  });
});
