import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, beforeEach, describe, test } from "node:test";
import { startSelasar } from "../support/selasar.mjs";
import { balance, notified } from "../support/journal.mjs";

const ofToko = createRequire(new URL("../../examples/toko/package.json", import.meta.url));
const { Snap, SnapBi, SnapBiConfig } = ofToko("midtrans-client");

describe("the official Midtrans client, unmodified except for its base URL", () => {
  let selasar, set, folder, backend;
  const heard = [];
  before(async () => {
    backend = createServer(async (request, response) => {
      let body = "";
      for await (const chunk of request) body += chunk;
      heard.push({ body, headers: request.headers });
      response.end();
    });
    await once(backend.listen(0, "127.0.0.1"), "listening");
    folder = await mkdtemp(join(tmpdir(), "selasar-midtrans-"));
    const notification_url = `http://127.0.0.1:${backend.address().port}`;
    await writeFile(join(folder, "miniapp.json"), JSON.stringify({ id: "toko", name: "Toko", generation: "webview", notification_url }));
    await writeFile(join(folder, "index.html"), "<!doctype html>");
    selasar = await startSelasar(folder);
    set = await selasar.control("GET", "/credentials");
    SnapBiConfig.SNAP_BI_SANDBOX_BASE_URL = selasar.api;
    Object.assign(SnapBiConfig, {
      snapBiClientId: set.snap.client_key,
      snapBiClientSecret: set.snap.client_secret,
      snapBiPrivateKey: set.snap.private_key,
      snapBiPartnerId: set.snap.partner_id,
      snapBiChannelId: set.snap.channel_id,
      snapBiPublicKey: set.notification_public_key,
    });
  });
  after(async () => {
    await selasar?.stop();
    backend.close();
    await rm(folder, { recursive: true, force: true });
  });
  beforeEach(() => selasar.control("POST", "/reset", {}));

  /** The example for a direct debit from the client's own documentation, with these credentials. */
  const example = () => ({
    partnerReferenceNo: randomUUID(),
    chargeToken: "",
    merchantId: set.merchant_id,
    urlParam: { url: "https://midtrans-test.com/api/notification", type: "PAY_RETURN", isDeeplink: "N" },
    validUpTo: "2030-07-20T20:34:15.452305Z",
    payOptionDetails: [{ payMethod: "GOPAY", payOption: "GOPAY_WALLET", transAmount: { value: "1500", currency: "IDR" } }],
    additionalInfo: {
      customerDetails: {
        firstName: "Merchant",
        lastName: "Operation",
        email: "merchant-ops@midtrans.com",
        phone: "+6281932358123",
        billingAddress: {
          firstName: "Merchant",
          lastName: "Operation",
          phone: "+6281932358123",
          address: "Pasaraya Blok M",
          city: "Jakarta",
          postalCode: "12160",
          countryCode: "IDN",
        },
        shippingAddress: {
          firstName: "Merchant",
          lastName: "Operation",
          phone: "+6281932358123",
          address: "Pasaraya Blok M",
          city: "Jakarta",
          postalCode: "12160",
          countryCode: "IDN",
        },
      },
      items: [
        {
          id: "8143fc4f-ec05-4c55-92fb-620c212f401e",
          price: { value: "1500.00", currency: "IDR" },
          quantity: 1,
          name: "test item name",
          brand: "test item brand",
          category: "test item category",
          merchantName: "Merchant Operation",
        },
      ],
      metadata: {},
      pointOfPurchaseId: set.pop_id,
    },
  });
  const debit = (body) => SnapBi.directDebit().withBody(body);
  const make = async (body = example(), id = randomUUID()) => ({ body, id, made: await debit(body).createPayment(id) });

  /** Pays on the page at webRedirectUrl. */
  const pay = async ({ made }) => {
    const answer = await fetch(made.webRedirectUrl, { method: "POST", body: new URLSearchParams({ choice: "pay", pin: "123456" }) });
    assert.ok((await answer.text()).includes('data-state="paid"'));
  };

  test("gets a token", async () => {
    const answer = await SnapBi.directDebit().getAccessToken();
    assert.deepEqual([answer.responseCode, answer.tokenType, answer.expiresIn], ["2007300", "Bearer", "900"]);
  });

  test("creates, checks, pays, and refunds a payment with the documentation's example bodies", async () => {
    const payment = await make();
    const { made, body, id } = payment;
    assert.deepEqual(
      [made.responseCode, made.partnerReferenceNo, made.additionalInfo.grossAmount.value],
      ["2005400", body.partnerReferenceNo, "1500.00"],
    );
    const asked = () => debit({ originalExternalId: id, originalReferenceNo: made.referenceNo, serviceCode: "54" }).getStatus(randomUUID());
    const before = await asked();
    assert.equal(before.responseCode, "2005500");
    assert.notEqual(before.latestTransactionStatus, "00");

    await pay(payment);
    const paid = await asked();
    assert.deepEqual([paid.latestTransactionStatus, paid.transAmount.value], ["00", "1500.00"]);
    assert.equal(await balance(selasar), "248500.00");

    const refund = await debit({
      originalReferenceNo: made.referenceNo,
      originalPartnerReferenceNo: body.partnerReferenceNo,
      originalExternalId: id,
      partnerRefundNo: `${id}-refund`,
      reason: "refund reason",
      additionalInfo: {},
      refundAmount: { value: "100.00", currency: "IDR" },
    }).refund(randomUUID());
    assert.deepEqual([refund.responseCode, refund.refundAmount.value], ["2005800", "100.00"]);
    const refunded = await asked();
    assert.deepEqual([refunded.latestTransactionStatus, refunded.refundHistory.length], ["04", 1]);
    assert.equal(await balance(selasar), "248600.00");
  });

  test("cancels a payment once", async () => {
    const { made, body } = await make();
    const cancel = () =>
      debit({ originalReferenceNo: made.referenceNo, originalPartnerReferenceNo: body.partnerReferenceNo }).cancel(randomUUID());
    const first = await cancel();
    assert.equal(first.responseCode, "2005700");
    assert.ok(first.cancelTime);
    assert.equal((await cancel()).responseCode, "4035715");
  });

  test("gets the first response again for the same external id, and an error for another body with it", async () => {
    const id = randomUUID();
    const { body, made } = await make(undefined, id);
    assert.deepEqual(await debit(body).createPayment(id), made);
    const other = structuredClone(body);
    other.payOptionDetails[0].transAmount.value = "1501";
    assert.equal((await debit(other).createPayment(id)).responseCode, "4095400");
  });

  test("verifies every notification, and refuses an altered one", async () => {
    const payment = await make();
    await pay(payment);
    const { referenceNo } = payment.made;
    await notified(selasar, referenceNo, "SUCCESS");
    await debit({
      originalReferenceNo: referenceNo,
      originalPartnerReferenceNo: payment.body.partnerReferenceNo,
      reason: 'wrong "size" / salah — ✓',
    }).refund(randomUUID());
    await notified(selasar, referenceNo, "REFUNDED");
    const mine = heard.filter(({ body }) => body.includes(referenceNo));
    assert.deepEqual(
      mine.map(({ body }) => JSON.parse(body).latestTransactionStatus),
      ["03", "00", "04"],
    );
    const genuine = (payload, { headers }) =>
      SnapBi.notification()
        .withNotificationPayload(payload)
        .withNotificationUrlPath("/v1.0/debit/notify")
        .withTimeStamp(headers["x-timestamp"])
        .withSignature(headers["x-signature"])
        .isWebhookNotificationVerified();
    for (const told of mine) {
      assert.equal(genuine(JSON.parse(told.body), told), true);
      assert.equal(genuine({ ...JSON.parse(told.body), latestTransactionStatus: "06" }, told), false);
    }
  });

  test("gets a token of Snap Checkout, and Midtrans' own error for a wrong key", async () => {
    const of = (serverKey) => {
      const snap = new Snap({ isProduction: false, serverKey, clientKey: set.checkout.client_key });
      snap.apiConfig.constructor.SNAP_SANDBOX_BASE_URL = `${selasar.api}/snap/v1`;
      return snap;
    };
    const order = {
      transaction_details: { order_id: randomUUID(), gross_amount: 13_000 },
      credit_card: { secure: true },
      gopay: { pop_id: set.pop_id },
    };
    const { token, redirect_url } = await of(set.checkout.server_key).createTransaction(order);
    assert.equal(redirect_url, `${selasar.api}/snap/v4/redirection/${token}`);
    await pay({ made: { webRedirectUrl: redirect_url } });
    const status = await debit({ originalExternalId: order.transaction_details.order_id, serviceCode: "54" }).getStatus(randomUUID());
    assert.deepEqual([status.latestTransactionStatus, status.transAmount.value], ["00", "13000.00"]);
    await assert.rejects(
      of(set.checkout.server_key).createTransaction(order),
      ({ httpStatusCode, ApiResponse }) =>
        httpStatusCode === 400 && ApiResponse.error_messages[0] === "transaction_details.order_id has already been taken",
    );
    await assert.rejects(
      of("SB-Mid-server-wrong").createTransaction(order),
      ({ httpStatusCode, ApiResponse }) => httpStatusCode === 401 && ApiResponse.error_messages[0].startsWith("Access denied"),
    );
  });
});
