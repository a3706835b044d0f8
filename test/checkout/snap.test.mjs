import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { useShop } from "./shop.mjs";

describe("snap.js", () => {
  const shop = useShop();

  test("pays in its frame and calls onSuccess with the documented result", async () => {
    const { order_id, token } = await shop.order();
    await shop.visit();
    await shop.pay(token);
    await shop.frame().getByLabel("PIN").fill("123456");
    await shop.frame().getByRole("button", { name: "Pay" }).click();
    const [name, result] = await shop.heard();
    assert.equal(name, "onSuccess");
    const { transaction_id, transaction_time, ...rest } = result;
    assert.deepEqual(rest, {
      status_code: "200",
      status_message: "Success, transaction is found",
      order_id,
      gross_amount: "15000.00",
      payment_type: "gopay",
      transaction_status: "settlement",
      fraud_status: "accept",
    });
    assert.match(transaction_id, /^A1\d{14}[A-Z0-9]{10}ID$/);
    assert.match(transaction_time, /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
    await shop.gone();
    assert.equal(await shop.balance(), "235000.00");
    const { payments } = await shop.control("GET", "/payments");
    assert.equal(payments[0].state, "paid");
  });

  for (const [button, callback, status] of [
    ["Later", "onPending", "pending"],
    ["Cancel", "onError", "cancel"],
    ["Fail", "onError", "deny"],
  ]) {
    test(`calls ${callback} after ${button}`, async () => {
      const { token } = await shop.order();
      await shop.visit();
      await shop.pay(token);
      await shop.frame().getByRole("button", { name: button, exact: true }).click();
      const [name, result] = await shop.heard();
      assert.deepEqual([name, result.transaction_status], [callback, status]);
      await shop.gone();
      assert.equal(await shop.balance(), "250000.00");
    });
  }

  test("continues a payment that was left for later", async () => {
    const { token } = await shop.order();
    await shop.visit();
    await shop.pay(token);
    await shop.frame().getByRole("button", { name: "Later" }).click();
    await shop.heard();
    await shop.visit();
    await shop.pay(token);
    await shop.frame().getByLabel("PIN").fill("654321");
    await shop.page.keyboard.press("Enter");
    assert.equal((await shop.heard())[0], "onSuccess");
  });

  test("calls onClose when the user closes it, by the cross or by Escape", async () => {
    for (const close of [
      () => shop.page.getByRole("button", { name: "Close the payment" }).click(),
      () => shop.page.keyboard.press("Escape"),
    ]) {
      const { token } = await shop.order();
      await shop.visit();
      await shop.pay(token);
      await shop.frame().getByLabel("PIN").waitFor();
      await shop.page.getByRole("button", { name: "Close the payment" }).focus();
      await close();
      assert.deepEqual(await shop.heard(), ["onClose", null]);
      await shop.gone();
    }
  });

  test("is closed by Escape in its frame, which has the focus at first", async () => {
    const { token } = await shop.order();
    await shop.visit();
    await shop.pay(token);
    await shop.frame().getByLabel("PIN").press("Escape");
    assert.deepEqual(await shop.heard(), ["onClose", null]);
    await shop.gone();
  });

  test("hides without a callback, and opens one payment at a time", async () => {
    const { token } = await shop.order();
    await shop.visit();
    await shop.pay(token);
    await assert.rejects(shop.pay(token), /a payment is open already/);
    await assert.rejects(shop.pay(""), /the first parameter is the token/);
    await shop.page.evaluate(() => window.snap.hide());
    await shop.gone();
    await shop.pay(token);
    await shop.frame().getByLabel("PIN").waitFor();
    assert.deepEqual(await shop.page.evaluate(() => window.heard), []);
  });

  test("reports a finished payment, an invalid token, and a wrong client key", async () => {
    const over = await shop.order({ expiry: { unit: "minute", duration: 1 } });
    await shop.control("POST", "/clock", { advance: "61s" });
    const open = await shop.order();
    for (const [token, key, code, problem] of [
      [over.token, undefined, "407"],
      ["no-token", undefined, "404", "404"],
      [open.token, "SB-Mid-client-x", "401", "403"],
    ]) {
      await shop.visit(key);
      await shop.pay(token);
      const [name, result] = await shop.heard();
      assert.deepEqual([name, result.status_code], ["onError", code]);
      if (problem)
        assert.ok(
          shop.problems.splice(0).every((text) => text.includes(problem)),
          "Chromium notes the status of the frame",
        );
    }
  });

  test("works if the mini app is reached by another name of this machine", async () => {
    const { token } = await shop.order();
    await shop.visit(undefined, shop.selasar.app.replace("127.0.0.1", "localhost"));
    await shop.pay(token);
    await shop.frame().getByLabel("PIN").fill("123456");
    await shop.frame().getByRole("button", { name: "Pay" }).click();
    assert.equal((await shop.heard())[0], "onSuccess");
  });

  test("accepts messages from its own frame only", async () => {
    const { token } = await shop.order();
    await shop.visit();
    await shop.pay(token);
    await shop.frame().getByLabel("PIN").waitFor();
    await shop.page.evaluate(async () => {
      const forged = { type: "selasar.checkout", to: location.origin, result: { status_code: "200", transaction_status: "settlement" } };
      window.postMessage(forged, "*");
      const other = document.createElement("iframe");
      other.srcdoc = `<script>parent.postMessage(${JSON.stringify(forged)}, "*"); parent.postMessage("done", "*")</script>`;
      const done = new Promise((resolve) => addEventListener("message", ({ data }) => data === "done" && resolve()));
      document.body.append(other);
      await done;
    });
    assert.deepEqual(await shop.page.evaluate(() => window.heard), []);
    assert.equal((await shop.control("GET", "/payments")).payments[0].state, "created");
  });

  test("opens the finish page of the order if there is no callback", async () => {
    const finish = `${shop.selasar.app.replace(/\/$/, "")}/?done=1`;
    const { token, order_id } = await shop.order({ callbacks: { finish } });
    await shop.visit();
    await shop.page.evaluate((given) => window.snap.pay(given), token);
    await shop.frame().getByLabel("PIN").fill("123456");
    await shop.frame().getByRole("button", { name: "Pay" }).click();
    await shop.page.waitForURL((url) => url.searchParams.get("order_id") === order_id);
    assert.equal(new URL(shop.page.url()).searchParams.get("transaction_status"), "settlement");
  });
});
