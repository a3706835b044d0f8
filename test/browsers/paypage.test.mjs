// The payment page, which needs no simulator, in every browser.
import assert from "node:assert/strict";
import { test } from "node:test";
import { startSelasar } from "../support/selasar.mjs";
import { inEveryBrowser } from "./engine.mjs";

inEveryBrowser(startSelasar, (its) => {
  test("the payment page takes a PIN and shows that the payment is made", async () => {
    const { page, selasar } = its;
    const { referenceNo } = await selasar.control("POST", "/payments", { amount: 15_000, title: "Two coffees" });
    await page.goto(`${selasar.api}/app/merchanttransfer?tref=${referenceNo}`);
    await page.role("textbox", /^PIN/).click();
    await page.type("123456");
    await page.button("Pay Rp15.000").click();
    await page.css('main[data-state="paid"]').waitFor();
    const { payments } = await selasar.control("GET", "/payments");
    assert.equal(payments[0].state, "paid");
  });
});
