// The main job of a mini app, in every browser: consent, login, an order, the payment and the receipt.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { balance, newest, notified } from "../support/journal.mjs";
import { startSelasar } from "../support/selasar.mjs";
import { inEveryBrowser } from "./engine.mjs";

const kopi = () => startSelasar(fileURLToPath(new URL("../../examples/kopi", import.meta.url)));

inEveryBrowser(kopi, (its) => {
  test("a customer of kopi consents, is logged in, orders, pays, and gets the receipt", async () => {
    const { page, selasar } = its;
    const frame = page.frame();
    await page.goto(selasar.simulator);
    await page.button("Open Kopi").click();
    await page.role("dialog", /^Allow Kopi to use /).waitFor();
    await page.button("Allow").click();

    await frame.css("#shop-list button").click();
    await frame.button("Tambah Es Kopi Susu").click();
    await frame.button("Bayar Rp18.000").click();

    const sheet = page.role("dialog", "Pay Kopi");
    assert.match(await sheet.text(), /Rp18\.000/);
    await page.button("Pay").click();
    await page.role("group", "PIN").waitFor();
    await page.type("123456");
    await sheet.gone();

    await frame.css("#sign.success").waitFor();
    await frame.css("#receipt dt + dd", "sudah dibayar").waitFor();
    const paid = await newest(selasar);
    await notified(selasar, paid.reference_no, "SUCCESS");
    assert.deepEqual([paid.state, paid.amount.value, await balance(selasar)], ["paid", "18000.00", "232000.00"]);
  });
});
