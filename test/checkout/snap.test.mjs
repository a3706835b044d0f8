import assert from "node:assert/strict";
import { test } from "node:test";
import { inEveryBrowser } from "../browsers/engine.mjs";
import { shopOf, startShop } from "./shop.mjs";

inEveryBrowser(startShop, (its) => {
  const shop = shopOf(its);

  test("snap.js pays in its frame and calls onSuccess with the documented result", async () => {
    const { order_id, token } = await shop.order();
    await shop.visit();
    await shop.pay(token);
    await shop.type();
    await shop.press("Pay Rp15.000");
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

  for (const [button, callback, status, fraud] of [
    ["Later", "onPending", "pending", "accept"],
    ["Cancel", "onError", "cancel", undefined],
    ["Fail", "onError", "deny", "deny"],
  ]) {
    test(`snap.js calls ${callback} after ${button}, with fraud_status ${fraud ?? "absent"}`, async () => {
      const { token } = await shop.order();
      await shop.visit();
      await shop.pay(token);
      await shop.press(button);
      const [name, result] = await shop.heard();
      assert.deepEqual([name, result.transaction_status, result.fraud_status], [callback, status, fraud]);
      assert.equal("fraud_status" in result, fraud !== undefined);
      await shop.gone();
      assert.equal(await shop.balance(), "250000.00");
    });
  }

  test("snap.js continues a payment that was left for later", async () => {
    const { token } = await shop.order();
    await shop.visit();
    await shop.pay(token);
    await shop.press("Later");
    await shop.heard();
    await shop.visit();
    await shop.pay(token);
    await shop.type("654321");
    await its.page.press("Enter");
    assert.equal((await shop.heard())[0], "onSuccess");
  });

  for (const [how, close] of [
    ["the cross", () => its.page.button("Close the payment").click()],
    [
      "Escape on the page",
      async () => {
        await its.page.tabTo(its.page.button("Close the payment"));
        await its.page.press("Escape");
      },
    ],
    [
      "Escape in the frame",
      async () => {
        await shop.type("1");
        await its.page.press("Escape");
      },
    ],
  ]) {
    test(`snap.js calls onClose when the user closes it by ${how}`, async () => {
      const { token } = await shop.order();
      await shop.visit();
      await shop.pay(token);
      await shop.frame().role("textbox", /^PIN/).waitFor();
      await close();
      assert.deepEqual(await shop.heard(), ["onClose", null]);
      await shop.gone();
    });
  }

  test("snap.js hides without a callback, and opens one payment at a time", async () => {
    const { token } = await shop.order();
    await shop.visit();
    await shop.pay(token);
    await assert.rejects(shop.pay(token), /a payment is open already/);
    await assert.rejects(shop.pay(""), /the first parameter is the token/);
    await its.page.evaluate(() => window.snap.hide());
    await shop.gone();
    await shop.pay(token);
    await shop.frame().role("textbox", /^PIN/).waitFor();
    assert.deepEqual(await its.page.evaluate("window.heard"), []);
  });

  test("snap.js reports a finished payment, an invalid token, and a wrong client key", async () => {
    its.expected = /40[34]/; // Chromium notes the status of the frame
    const over = await shop.order({ expiry: { unit: "minute", duration: 1 } });
    await shop.control("POST", "/clock", { advance: "61s" });
    const open = await shop.order();
    for (const [token, key, code] of [
      [over.token, undefined, "407"],
      ["no-token", undefined, "404"],
      [open.token, "SB-Mid-client-x", "401"],
    ]) {
      await shop.visit(key);
      await shop.pay(token);
      const [name, result] = await shop.heard();
      assert.deepEqual([name, result.status_code, "fraud_status" in result], ["onError", code, false]);
    }
  });

  test("snap.js works if the mini app is reached by another name of this machine", async () => {
    const { token } = await shop.order();
    await shop.visit(undefined, its.selasar.app.replace("127.0.0.1", "localhost"));
    await shop.pay(token);
    await shop.frame().role("textbox", /^PIN/).waitFor();
    if (its.name === "Firefox") {
      await shop.frame().evaluate(() => {
        document.getElementById("pin").value = "123456";
        document.querySelector('button[value="pay"]').click(); // its driver's own input does not reach a frame of another site
      });
    } else {
      await shop.type();
      await shop.press("Pay Rp15.000");
    }
    assert.equal((await shop.heard())[0], "onSuccess");
  });

  test("snap.js accepts messages from its own frame only", async () => {
    const { token } = await shop.order();
    await shop.visit();
    await shop.pay(token);
    await shop.frame().role("textbox", /^PIN/).waitFor();
    await its.page.evaluate(async () => {
      const forged = { type: "selasar.checkout", to: location.origin, result: { status_code: "200", transaction_status: "settlement" } };
      window.postMessage(forged, "*");
      const other = document.createElement("iframe");
      other.srcdoc = `<script>parent.postMessage(${JSON.stringify(forged)}, "*"); parent.postMessage("done", "*")</script>`;
      const done = new Promise((resolve) => addEventListener("message", ({ data }) => data === "done" && resolve()));
      document.body.append(other);
      await done;
    });
    assert.deepEqual(await its.page.evaluate("window.heard"), []);
    assert.equal((await shop.control("GET", "/payments")).payments[0].state, "created");
  });

  test("snap.js opens the finish page of the order if there is no callback", async () => {
    const finish = `${its.selasar.app.replace(/\/$/, "")}/?done=1`;
    const { token, order_id } = await shop.order({ callbacks: { finish } });
    await shop.visit();
    await its.page.evaluate((given) => window.snap.pay(given), token);
    await shop.type();
    await shop.press("Pay Rp15.000");
    const query = await its.page.waitForFunction(() => location.search.includes("done=1&") && location.search);
    const given = new URLSearchParams(query);
    assert.deepEqual([given.get("order_id"), given.get("transaction_status")], [order_id, "settlement"]);
  });
});
