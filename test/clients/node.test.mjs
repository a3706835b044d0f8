import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { balance, notified } from "../support/journal.mjs";
import { startClient } from "./client.mjs";
import { coreCalls } from "./core.mjs";
import { openShop } from "./shop.mjs";

for (const [where, path] of [
  ["a URL without a path", ""],
  ["a URL with a path before /v1.0/debit/notify", "/webhook"],
]) {
  describe(`the official Node client of Midtrans, unmodified, behind a proxy that ends TLS; it is notified at ${where}`, () => {
    const its = {};
    before(async () => {
      its.shop = await openShop(path);
      const program = fileURLToPath(new URL("node.mjs", import.meta.url));
      const { proxy, ca, keys } = its.shop;
      its.client = startClient([process.execPath, program], { https_proxy: proxy.url, no_proxy: "", NODE_EXTRA_CA_CERTS: ca });
      await value("configure", { config: config(keys) });
    });
    after(async () => {
      await its.client?.stop();
      await its.shop?.close();
    });
    const value = async (what, more) => {
      const { value: given, error } = await its.client.ask({ do: what, ...more });
      assert.equal(error, undefined);
      return given;
    };
    const make = async () => {
      const body = example(its.shop.keys);
      const external_id = randomUUID();
      const made = await value("payment", { body, external_id });
      return { made, body, external_id };
    };
    const latest = async ({ made }) => {
      const body = { originalReferenceNo: made.referenceNo, serviceCode: "54" };
      return (await value("paymentStatus", { body, external_id: randomUUID() })).latestTransactionStatus;
    };

    test("gets a token of BI-SNAP", async () => {
      const { responseCode, tokenType } = await value("accessToken");
      assert.deepEqual([responseCode, tokenType], ["2007300", "Bearer"]);
    });

    test("creates, checks and cancels a payment", async () => {
      const payment = await make();
      assert.equal(payment.made.responseCode, "2005400");
      assert.equal(await latest(payment), "03");
      const body = { originalReferenceNo: payment.made.referenceNo, originalPartnerReferenceNo: payment.body.partnerReferenceNo };
      const cancel = () => value("paymentCancel", { body, external_id: randomUUID() });
      assert.equal((await cancel()).responseCode, "2005700");
      assert.equal(await latest(payment), "05");
      assert.equal((await cancel()).responseCode, "4035715");
    });

    test("pays, refunds, and verifies each notification over /v1.0/debit/notify", async () => {
      const payment = await make();
      const { referenceNo, webRedirectUrl } = payment.made;
      const had = Number(await balance(its.shop.selasar));
      await its.shop.pay(webRedirectUrl);
      await notified(its.shop.selasar, referenceNo, "SUCCESS");
      const body = { originalReferenceNo: referenceNo, originalPartnerReferenceNo: payment.body.partnerReferenceNo, reason: "dingin / é" };
      assert.equal((await value("paymentRefund", { body, external_id: randomUUID() })).responseCode, "2005800");
      await notified(its.shop.selasar, referenceNo, "REFUNDED");
      assert.equal(await latest(payment), "04");
      assert.equal(Number(await balance(its.shop.selasar)), had);

      const mine = its.shop.heard.filter((told) => told.body.includes(referenceNo));
      const states = mine.map((told) => JSON.parse(told.body).latestTransactionStatus);
      assert.deepEqual(states, ["03", "00", "04"]);
      for (const told of mine) {
        assert.equal(told.url, `${path}/v1.0/debit/notify`);
        const signed = { path: "/v1.0/debit/notify", timestamp: told.headers["x-timestamp"], signature: told.headers["x-signature"] };
        const payload = JSON.parse(told.body);
        assert.equal(await value("verify", { payload, ...signed }), true);
        assert.equal(await value("verify", { payload: { ...payload, latestTransactionStatus: "06" }, ...signed }), false);
        assert.equal(await value("verify", { payload, ...signed, path: "/webhook/v1.0/debit/notify" }), false);
      }
    });

    coreCalls(its);
  });
}

const config = ({ snap, notification_public_key }) => ({
  snapBiClientId: snap.client_key,
  snapBiClientSecret: snap.client_secret,
  snapBiPrivateKey: snap.private_key,
  snapBiPartnerId: snap.partner_id,
  snapBiChannelId: snap.channel_id,
  snapBiPublicKey: notification_public_key,
});

const example = ({ pop_id, merchant_id }) => ({
  partnerReferenceNo: randomUUID(),
  chargeToken: "",
  merchantId: merchant_id,
  urlParam: { url: "https://midtrans-test.com/api/notification", type: "PAY_RETURN", isDeeplink: "N" },
  validUpTo: new Date(Date.now() + 600_000).toISOString(),
  payOptionDetails: [{ payMethod: "GOPAY", payOption: "GOPAY_WALLET", transAmount: { value: "1500.00", currency: "IDR" } }],
  additionalInfo: { pointOfPurchaseId: pop_id, metadata: {} },
});
