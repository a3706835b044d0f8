import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";

/**
 * The calls of Snap Checkout and of the Core API that Midtrans' clients share.
 * @param its the shop and the client, filled before the first test
 */
export function coreCalls(its) {
  const ask = async (what, more) => its.client.ask({ do: what, server_key: its.shop.keys.checkout.server_key, ...more });
  const order = (order_id, gross_amount = 13_000) => ({
    transaction_details: { order_id, gross_amount },
    credit_card: { secure: true },
    gopay: { pop_id: its.shop.keys.pop_id },
  });
  /** Requests a token, and returns the order with the page of its payment. */
  const place = async (order_id = randomUUID()) => {
    const { value, error } = await ask("token", { order: order(order_id) });
    assert.equal(error ?? null, null);
    assert.ok(value.token);
    return { order_id, page: value.redirect_url };
  };
  const status = async (order_id) => {
    const { value, error } = await ask("status", { order_id });
    assert.equal(error ?? null, null);
    return [value.status_code, value.transaction_status, value.order_id === order_id];
  };

  test("gets a token of Snap Checkout, asks for its status, and refunds it in parts", async () => {
    const { order_id, page } = await place();
    assert.deepEqual(await status(order_id), ["201", "pending", true]);
    await its.shop.pay(page);
    assert.deepEqual(await status(order_id), ["200", "settlement", true]);
    const first = await ask("refund", { order_id, refund_key: "first", amount: 3000, reason: "cold" });
    assert.deepEqual([first.value.status_code, first.value.refund_amount], ["200", "3000.00"]);
    assert.deepEqual(await status(order_id), ["200", "partial_refund", true]);
    const rest = await ask("refundDirect", { order_id, refund_key: "rest", amount: 10_000, reason: "very cold" });
    assert.equal(rest.value.status_code, "200");
    assert.deepEqual(await status(order_id), ["200", "refund", true]);
  });

  for (const [end, shown] of [
    ["cancel", "cancel"],
    ["expire", "expire"],
  ]) {
    test(`ends an order by ${end}, and gets a token for the same order_id again`, async () => {
      const { order_id } = await place();
      const { value } = await ask(end, { order_id });
      assert.equal(value.transaction_status, shown);
      const { page } = await place(order_id);
      await its.shop.pay(page);
      assert.deepEqual(await status(order_id), ["200", "settlement", true]);
      assert.equal((await ask("token", { order: order(order_id) })).error.status, 400, "a paid order keeps its order_id");
      assert.equal((await ask(end, { order_id })).error.status, 412);
    });
  }

  test("reads the answers to an unknown order and to a wrong key", async () => {
    assert.equal((await ask("status", { order_id: randomUUID() })).error.status, 404);
    assert.equal((await ask("status", { order_id: randomUUID(), server_key: "SB-Mid-server-wrong" })).error.status, 401);
    assert.equal((await ask("token", { order: order(randomUUID()), server_key: "SB-Mid-server-wrong" })).error.status, 401);
  });
}
