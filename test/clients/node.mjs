// Drives the official Node client of Midtrans, unmodified and without a base URL: https_proxy and NODE_EXTRA_CA_CERTS lead it to
// Selasar. It reads requests from its input and writes answers, one JSON in a line.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const ofToko = createRequire(new URL("../../examples/toko/package.json", import.meta.url));
const { CoreApi, Snap, SnapBi, SnapBiConfig } = ofToko("midtrans-client");

const debit = ({ body }) => SnapBi.directDebit().withBody(body);
const core = ({ server_key }) => new CoreApi({ isProduction: false, serverKey: server_key }).transaction;
const refund = ({ refund_key, amount, reason }) => ({ refund_key, amount, reason });

const ACTIONS = {
  configure: ({ config }) => void Object.assign(SnapBiConfig, config),
  accessToken: () => SnapBi.directDebit().getAccessToken(),
  payment: (request) => debit(request).createPayment(request.external_id),
  paymentStatus: (request) => debit(request).getStatus(request.external_id),
  paymentCancel: (request) => debit(request).cancel(request.external_id),
  paymentRefund: (request) => debit(request).refund(request.external_id),
  verify: ({ payload, path, timestamp, signature }) =>
    SnapBi.notification()
      .withNotificationPayload(payload)
      .withNotificationUrlPath(path)
      .withTimeStamp(timestamp)
      .withSignature(signature)
      .isWebhookNotificationVerified(),
  token: ({ server_key, order }) => new Snap({ isProduction: false, serverKey: server_key }).createTransaction(order),
  status: (request) => core(request).status(request.order_id),
  cancel: (request) => core(request).cancel(request.order_id),
  expire: (request) => core(request).expire(request.order_id),
  refund: (request) => core(request).refund(request.order_id, refund(request)),
  refundDirect: (request) => core(request).refundDirect(request.order_id, refund(request)),
};

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  const answer = await Promise.resolve()
    .then(() => ACTIONS[request.do](request))
    .then(
      (value) => ({ value: value ?? null }),
      ({ httpStatusCode, message }) => ({ error: { status: Number(httpStatusCode ?? 0), message } }),
    );
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
