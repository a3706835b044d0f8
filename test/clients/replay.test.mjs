// PHP's and Java's clients of Midtrans are not installed here. Their bytes are sent, and their receivers' checks are made.
import assert from "node:assert/strict";
import { createHash, createHmac, createVerify, randomUUID, sign } from "node:crypto";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { after, before, describe, test } from "node:test";
import { notified } from "../support/journal.mjs";
import { HASHED, javaTime, phpJSON, phpPlainJSON, phpTime } from "./forms.mjs";
import { openShop } from "./shop.mjs";

const read = (name) => JSON.parse(readFileSync(new URL(`../../spec/vectors/clients/${name}.json`, import.meta.url), "utf8"));
const php = read("php");
const java = read("java");
const now = () => Math.floor(Date.now() / 1000);

test("the texts and times of the replay are the ones of the vectors", () => {
  for (const { value, sent, signed } of php.json.cases) assert.deepEqual([phpJSON(value), phpPlainJSON(value)], [sent, signed]);
  for (const { seconds, text } of php.timestamps.cases) {
    const [, side, hours, minutes] = /([+-])(\d\d):(\d\d)$/.exec(text);
    assert.equal(phpTime(seconds, (side === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes))), text);
  }
  for (const { seconds, nanos, text } of java.timestamps.cases) assert.equal(javaTime(seconds, nanos), text);
});

for (const [client, vectors, times] of [
  ["PHP", php, { "in UTC": () => phpTime(now(), 0), "in Jakarta": () => phpTime(now(), 420) }],
  [
    "Java",
    java,
    Object.fromEntries(
      [0, 120_000_000, 123_456_000, 123_456_789].map((nanos) => [`like ${javaTime(0, nanos)}`, () => javaTime(now(), nanos)]),
    ),
  ],
]) {
  describe(`the bytes of the official ${client} client`, () => {
    let shop;
    before(async () => {
      shop = await openShop(vectors.receiver.mount);
    });
    after(() => shop?.close());
    for (const [form, time] of Object.entries(times)) {
      test(`are taken for a token, a payment, its status, cancel and refund, with times ${form}`, async () => {
        const send = sender(shop, vectors, time);
        await send("token");
        const { partner_reference, reference_no } = await send("debit");
        await send("status");
        await send("cancel");
        await send("debit");
        await shop.pay(send.values.page);
        await send("refund");
        assert.notEqual(send.values.reference_no, reference_no);
        assert.notEqual(send.values.partner_reference, partner_reference);
      });
    }

    test("are taken for a token of Snap Checkout and the status of its order", async () => {
      const send = sender(shop, vectors, Object.values(times)[0]);
      await send("checkout");
      await send("checkout status");
    });

    for (const { reason, verified } of vectors.receiver.reasons) {
      test(`are answered by notifications that its receiver ${verified ? "verifies" : "cannot verify"} with the reason ${reason}`, async () => {
        const send = sender(shop, vectors, Object.values(times)[0]);
        await send("token");
        await send("debit");
        const { page, reference_no } = send.values;
        await shop.pay(page);
        await notified(shop.selasar, reference_no, "SUCCESS");
        await send("refund", (text, write) => text.replace(/"reason":"[^"]*"/, `"reason":${write(reason)}`));
        await notified(shop.selasar, reference_no, "REFUNDED");
        const mine = shop.heard.filter(({ body }) => body.includes(reference_no));
        const states = mine.map((told) => [JSON.parse(told.body).latestTransactionStatus, receives(vectors.receiver, told, shop.keys)]);
        assert.deepEqual(states, [
          ["03", true],
          ["00", true],
          ["04", verified],
        ]);
      });
    }
  });
}

/** Checks a notification as the client's example receiver does. */
function receives({ mount, headers, body }, told, { notification_public_key }) {
  const [signature, timestamp] = headers.map((name) => told.rawHeaders[told.rawHeaders.indexOf(name) + 1]);
  assert.ok(told.url.startsWith(mount));
  const hash = createHash("sha256").update(HASHED[body](told.body)).digest("hex");
  const text = `POST:${told.url.slice(mount.length)}:${hash}:${timestamp}`;
  return createVerify("SHA256").update(text).verify(notification_public_key, signature, "base64");
}

/** Returns a function that sends a request of the vectors and checks its answer. It keeps the values of the answers. */
function sender({ selasar, keys }, { requests, json }, time) {
  const { snap, checkout, pop_id, merchant_id } = keys;
  const [asSent, asSigned] = json.cases ? [phpJSON, phpPlainJSON] : [JSON.stringify, JSON.stringify];
  const values = {
    ...{ client_key: snap.client_key, partner_id: snap.partner_id, channel_id: snap.channel_id, pop_id, merchant_id },
    server_key_basic: btoa(`${checkout.server_key}:`),
    partner_reference: randomUUID(),
  };
  const fill = (text) =>
    text.replace(/\{([a-z_]+)\}/g, (_, name) => {
      assert.ok(name in values, `a value for {${name}}`);
      return values[name];
    });
  const send = async (name, change = (text) => text) => {
    const { line, head, sent, signed, answers } = requests.find((request) => request.name === name);
    const timestamp = time();
    Object.assign(values, { timestamp, request_id: randomUUID(), in_ten_minutes: phpTime(now() + 600, 420) });
    if (name === "debit") values.external_id = values.request_id;
    if (name === "debit") values.partner_reference = randomUUID();
    const body = fill(change(sent, asSent));
    values.length = Buffer.byteLength(body);
    values.token_signature = sign("sha256", Buffer.from(`${snap.client_key}|${timestamp}`), snap.private_key).toString("base64");
    if (signed) {
      const hash = createHash("sha256")
        .update(fill(change(signed, asSigned)))
        .digest("hex");
      const text = `POST:${line.split(" ")[1]}:${values.access_token}:${hash}:${timestamp}`;
      values.signature = createHmac("sha512", snap.client_secret).update(text).digest("base64");
    }
    const answer = await exchange(selasar.api, `${[line, ...head].map(fill).join("\r\n")}\r\n\r\n${body}`);
    if (answers === "token") assert.ok(answer.token, JSON.stringify(answer));
    else assert.equal(answer.responseCode ?? answer.status_code, answers, JSON.stringify(answer));
    if (answer.accessToken) values.access_token = answer.accessToken;
    if (name === "debit") Object.assign(values, { reference_no: answer.referenceNo, page: answer.webRedirectUrl });
    return { ...values };
  };
  return Object.assign(send, { values });
}

/** Sends bytes on a connection of its own, and returns the JSON of the answer. */
async function exchange(api, bytes) {
  const { hostname, port } = new URL(api);
  const socket = connect(Number(port), hostname);
  socket.write(bytes);
  let answer = "";
  for await (const chunk of socket.setEncoding("utf8")) {
    answer += chunk;
    const [head, body] = answer.split("\r\n\r\n");
    const length = /^content-length: (\d+)/im.exec(head)?.[1];
    if (length && body !== undefined && Buffer.byteLength(body) >= Number(length)) return JSON.parse(body);
  }
  throw new Error(`no answer with a length: ${answer}`);
}
