import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { balance, newest, notified } from "../support/journal.mjs";
import { usePlatform } from "../support/platform.mjs";
import { startSelasar } from "../support/selasar.mjs";
import { context, openKopi } from "./shopper.mjs";

describe("kopi", () => {
  let selasar;
  const kopi = usePlatform({
    start: async () => {
      selasar = await startSelasar(fileURLToPath(new URL("../../examples/kopi", import.meta.url)));
      return selasar;
    },
    context,
    async dress({ page, control }) {
      await control("PATCH", "/answers", { consent: "allow" });
      Object.assign(kopi, await openKopi(page, selasar));
    },
  });

  test("is paid in the sheet, gets the notification, and marks the order as paid", async () => {
    await kopi.order();
    await kopi.pay();
    await kopi.result("success");
    await kopi.receipt("Kata server kami", "sudah dibayar");
    const { reference_no } = await newest(selasar);
    await notified(selasar, reference_no, "SUCCESS");
    await kopi.receipt("Pemberitahuan terakhir", "sudah dibayar");
    const paid = await newest(selasar);
    assert.deepEqual([paid.state, paid.amount.value], ["paid", "18000.00"]);
    assert.ok(paid.proved_at > 0, "the backend asked for the status");
    assert.equal(await balance(selasar), "232000.00");
  });

  for (const [button, sign, state, status, more] of [
    ["Cancel", "cancelled", "dibatalkan", "CANCELLED", "paid with another payment"],
    ["Fail", "failed", "gagal", "FAILED", "paid with another payment"],
    ["Later", "pending", "menunggu pembayaran", "PENDING", "paid with the same payment"],
  ]) {
    test(`${button} leaves the order open, and it is ${more} afterwards`, async () => {
      await kopi.order();
      await kopi.button(button).click();
      await kopi.result(sign);
      await kopi.receipt("Kata server kami", state);
      const first = await newest(selasar);
      await notified(selasar, first.reference_no, status);
      await kopi.receipt("Pemberitahuan terakhir", state);
      assert.equal(await balance(selasar), "250000.00");

      await kopi.frame.getByRole("button", { name: "Coba bayar lagi" }).click();
      await kopi.pay();
      await kopi.result("success");
      await kopi.receipt("Kata server kami", "sudah dibayar");
      const second = await newest(selasar);
      assert.equal(second.reference_no === first.reference_no, button === "Later");
      await notified(selasar, second.reference_no, "SUCCESS");
      assert.equal(await balance(selasar), "232000.00");
    });
  }

  test("starts again after its login failed", async () => {
    await kopi.frame.locator("#shop-list button").first().waitFor();
    kopi.expected = /502/; // the console reports the failed login
    await selasar.control("POST", "/faults", { operation: "token", code: "900" });
    await kopi.page.reload(); // opens the mini app again
    await kopi.frame.getByRole("alert").getByText("(kopi)").waitFor();
    await kopi.frame.getByRole("button", { name: "Coba lagi", exact: true }).click();
    await kopi.order();
    await kopi.pay();
    await kopi.result("success");
  });

  test("learns from the notification that a payment has expired, and creates a new one", async () => {
    await kopi.order();
    await kopi.button("Later").click();
    await kopi.result("pending");
    const { reference_no } = await newest(selasar);
    await notified(selasar, reference_no, "PENDING");
    await selasar.control("POST", "/clock", { advance: "16m" });
    await notified(selasar, reference_no, "EXPIRED");
    await kopi.frame.getByRole("link", { name: "Pesanan saya" }).click();
    const order = kopi.frame.locator('li[data-state="expired"]');
    await order.getByText("kedaluwarsa", { exact: true }).waitFor();
    await order.getByText("Pemberitahuan terakhir: kedaluwarsa").waitFor();
    assert.equal(await balance(selasar), "250000.00");

    await kopi.home();
    await kopi.order();
    await kopi.pay();
    await kopi.receipt("Kata server kami", "sudah dibayar");
  });

  test("refunds from the page of orders", async () => {
    await kopi.order();
    await kopi.pay();
    await kopi.receipt("Kata server kami", "sudah dibayar");
    const { reference_no } = await newest(selasar);
    await notified(selasar, reference_no, "SUCCESS");
    await kopi.frame.getByRole("link", { name: "Pesanan saya" }).click();
    await kopi.frame.locator('li[data-state="paid"]').getByRole("button", { name: "Kembalikan uang saya" }).click();
    await kopi.frame.locator('li[data-state="refunded"]').getByText("uang dikembalikan", { exact: true }).waitFor();
    await notified(selasar, reference_no, "REFUNDED");
    await kopi.frame.getByText("Pemberitahuan terakhir: uang dikembalikan").waitFor();
    assert.equal(await balance(selasar), "250000.00");
    const paid = await newest(selasar);
    assert.deepEqual([paid.refunded.value, paid.refunds.length], ["18000.00", 1]);
    assert.equal(await kopi.frame.getByRole("button", { name: "Kembalikan uang saya" }).count(), 0);
  });

  test("is paid on the page of webRedirectUrl, in a browser without the super app", async () => {
    await kopi.order();
    await kopi.button("Later").click();
    await kopi.result("pending");
    await kopi.receipt("Pemberitahuan terakhir", "menunggu pembayaran"); // the page stops polling at this notification, so it does not need its cookie
    const { reference_no } = await newest(selasar);
    const page = await kopi.page.context().newPage();
    await page.goto(`${selasar.api}/app/merchanttransfer?tref=${reference_no}`);
    await page.getByLabel("PIN").fill("123456");
    await page.getByRole("button", { name: "Pay Rp18.000" }).click();
    await page.locator('main[data-state="paid"]').waitFor();
    await notified(selasar, reference_no, "SUCCESS");
    // Like the wallet's history, opens a page that has not logged in.
    await kopi.page.context().clearCookies();
    await kopi.frame.locator("body").evaluate((_, ref) => location.assign(`/orders?reference_no=${ref}`), reference_no);
    await kopi.frame.locator('li[data-state="paid"][aria-current="true"]').getByText("Pemberitahuan terakhir: sudah dibayar").waitFor();
  });
});

describe("kopi with gpContainer", () => {
  let selasar;
  const kopi = usePlatform({
    start: async () => {
      selasar = await startSelasar(fileURLToPath(new URL("../../examples/kopi/gpcontainer", import.meta.url)));
      return selasar;
    },
    context,
    async dress({ page, control }) {
      await control("PATCH", "/answers", { consent: "allow" });
      Object.assign(kopi, await openKopi(page, selasar));
    },
  });

  test("logs in, orders, is paid and gets the notification, by GoPay's script alone", async () => {
    await kopi.order();
    await kopi.pay();
    await kopi.result("success");
    await kopi.receipt("Kata server kami", "sudah dibayar");
    const paid = await newest(selasar);
    await notified(selasar, paid.reference_no, "SUCCESS");
    assert.deepEqual([paid.state, await balance(selasar)], ["paid", "232000.00"]);
    const { entries } = await selasar.control("GET", "/journal");
    const methods = entries.filter(({ kind }) => kind === "call").map(({ detail }) => detail.method);
    assert.deepEqual([...new Set(methods)].toSorted(), ["GP.launchPayment", "GPLocation.getLocation", "GPMiniAppAuth.getAuthCode"]);
  });

  test("asks for a consent later, and greets by name", async () => {
    await kopi.frame.locator("#greeting", { hasText: "sari" }).waitFor(); // before the launch, its sheet would give the consent again
    await kopi.control("PATCH", "/consents", { name: "profile", state: "revoked" });
    await kopi.frame.locator("body").evaluate(() => location.reload());
    await kopi.frame.getByRole("button", { name: "Sapa saya dengan nama" }).click();
    await kopi.frame.locator("#greeting", { hasText: "sari" }).waitFor();
  });
});
