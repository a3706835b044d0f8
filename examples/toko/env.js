// Writes toko's environment for a platform of `selasar serve`. It reads the mini app's credentials, the answer of
// POST /admin/v1/mini-apps/toko/credentials/reveal, from standard input:
//
//   node env.js http://127.0.0.1:7300 < credentials.json > toko.env

import { text } from "node:stream/consumers";

const { snap, checkout, ...set } = JSON.parse(await text(process.stdin));
const variables = {
  SELASAR_API_URL: process.argv[2],
  SELASAR_POP_ID: set.pop_id,
  SELASAR_MERCHANT_ID: set.merchant_id,
  SELASAR_NOTIFICATION_PUBLIC_KEY: set.notification_public_key,
  SELASAR_SNAP_CLIENT_KEY: snap.client_key,
  SELASAR_SNAP_CLIENT_SECRET: snap.client_secret,
  SELASAR_SNAP_PRIVATE_KEY: snap.private_key,
  SELASAR_SNAP_PARTNER_ID: snap.partner_id,
  SELASAR_SNAP_CHANNEL_ID: snap.channel_id,
  SELASAR_CHECKOUT_SERVER_KEY: checkout.server_key,
  SELASAR_CHECKOUT_CLIENT_KEY: checkout.client_key,
};
for (const [name, value] of Object.entries(variables)) console.log(`${name}="${value}"`);
