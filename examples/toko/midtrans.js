// Toko's requests to the platform, with the official client from npm. Only the address of the platform is changed.

import { randomUUID } from "node:crypto";
import midtrans from "midtrans-client";

const { Snap, SnapBi, SnapBiConfig } = midtrans;

/** The path of notifications from the platform. Their signature covers it. */
export const notifyPath = "/v1.0/debit/notify";

/** Reads the address and the keys that `selasar dev` sets in the environment. The client stores them in static members. */
export function configure(env) {
  const missing = needed.filter((name) => !env[name]);
  if (missing.length > 0) throw new Error(`toko needs ${missing.join(", ")}: start it with selasar dev examples/toko`);
  SnapBiConfig.SNAP_BI_SANDBOX_BASE_URL = env.SELASAR_API_URL; // in production, remove this line and set isProduction to true
  SnapBiConfig.isProduction = false;
  SnapBiConfig.snapBiClientId = env.SELASAR_SNAP_CLIENT_KEY;
  SnapBiConfig.snapBiClientSecret = env.SELASAR_SNAP_CLIENT_SECRET;
  SnapBiConfig.snapBiPrivateKey = env.SELASAR_SNAP_PRIVATE_KEY;
  SnapBiConfig.snapBiPartnerId = env.SELASAR_SNAP_PARTNER_ID;
  SnapBiConfig.snapBiChannelId = env.SELASAR_SNAP_CHANNEL_ID;
  SnapBiConfig.snapBiPublicKey = env.SELASAR_NOTIFICATION_PUBLIC_KEY;
  const snap = new Snap({ isProduction: false, serverKey: env.SELASAR_CHECKOUT_SERVER_KEY, clientKey: env.SELASAR_CHECKOUT_CLIENT_KEY });
  snap.apiConfig.constructor.SNAP_SANDBOX_BASE_URL = `${env.SELASAR_API_URL}/snap/v1`;
  return new Midtrans(snap, env.SELASAR_POP_ID, env.SELASAR_MERCHANT_ID);
}

const needed = [
  "SELASAR_API_URL",
  "SELASAR_POP_ID",
  "SELASAR_MERCHANT_ID",
  "SELASAR_NOTIFICATION_PUBLIC_KEY",
  "SELASAR_SNAP_CLIENT_KEY",
  "SELASAR_SNAP_CLIENT_SECRET",
  "SELASAR_SNAP_PRIVATE_KEY",
  "SELASAR_SNAP_PARTNER_ID",
  "SELASAR_SNAP_CHANNEL_ID",
  "SELASAR_CHECKOUT_SERVER_KEY",
  "SELASAR_CHECKOUT_CLIENT_KEY",
];

/** Throws an error for a refusal, because the client returns refusals like other answers. */
function successful(answer) {
  if (String(answer?.responseCode).startsWith("200")) return answer;
  throw new Error(`${answer?.responseCode ?? answer?.status} ${answer?.responseMessage ?? answer?.message}`);
}

const rupiah = (amount) => ({ value: `${amount}.00`, currency: "IDR" });

class Midtrans {
  #snap;
  #popId;
  #merchantId;

  constructor(snap, popId, merchantId) {
    this.#snap = snap;
    this.#popId = popId;
    this.#merchantId = merchantId;
  }

  /** Makes a payment by BI-SNAP. Returns its reference number and the deeplink of the super app's payment sheet. */
  async pay({ number, name, total }) {
    const body = {
      partnerReferenceNo: number,
      chargeToken: "",
      merchantId: this.#merchantId,
      payOptionDetails: [{ payMethod: "GOPAY", payOption: "GOPAY_WALLET", transAmount: rupiah(total) }],
      additionalInfo: { pointOfPurchaseId: this.#popId, items: [{ id: number, name, price: rupiah(total), quantity: 1 }] },
    };
    const { referenceNo, webRedirectUrl } = successful(await SnapBi.directDebit().withBody(body).createPayment(randomUUID()));
    return { reference: referenceNo, deeplink: `gopay://merchanttransfer${new URL(webRedirectUrl).search}` };
  }

  /** Returns a token of Snap Checkout, which the page passes to snap.js. The order number identifies the payment later. */
  async checkout({ number, name, total }) {
    const { token } = await this.#snap.createTransaction({
      transaction_details: { order_id: number, gross_amount: total },
      item_details: [{ id: number, name, price: total, quantity: 1 }],
      gopay: { pop_id: this.#popId },
    });
    return { token };
  }

  /** Returns the latestTransactionStatus of a payment. */
  async status(order) {
    return successful(
      await SnapBi.directDebit()
        .withBody({ ...original(order), serviceCode: "54" })
        .getStatus(randomUUID()),
    ).latestTransactionStatus;
  }

  /** Cancels an unpaid payment. */
  async cancel(order) {
    successful(
      await SnapBi.directDebit()
        .withBody({ ...original(order), originalPartnerReferenceNo: order.number })
        .cancel(randomUUID()),
    );
  }

  /** Refunds the whole amount. A retry with the same partnerRefundNo makes no second refund. */
  async refund(order) {
    successful(
      await SnapBi.directDebit()
        .withBody({
          ...original(order),
          originalPartnerReferenceNo: order.number,
          partnerRefundNo: `${order.number}-refund`,
          refundAmount: rupiah(order.total),
          reason: "the customer changed their mind",
        })
        .refund(randomUUID()),
    );
  }
}

/** Identifies a payment: by the platform's reference number, or by the order number when it was made with a token. */
const original = ({ number, reference }) => (reference ? { originalReferenceNo: reference } : { originalExternalId: number });

/**
 * Checks a notification with the client. The client needs the parsed object: it would encode a text as a JSON string before
 * hashing it, and no signature would match.
 */
export function genuine(payload, headers) {
  return SnapBi.notification()
    .withNotificationPayload(payload)
    .withNotificationUrlPath(notifyPath)
    .withTimeStamp(headers["x-timestamp"] ?? "")
    .withSignature(headers["x-signature"] ?? "")
    .isWebhookNotificationVerified();
}
