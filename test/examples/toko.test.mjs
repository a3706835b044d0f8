import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { balance, notified } from "../support/journal.mjs";
import { usePlatform } from "../support/platform.mjs";
import { startSelasar } from "../support/selasar.mjs";

describe("toko", () => {
  let selasar, page, frame;
  const toko = usePlatform({
    start: async () => {
      selasar = await startSelasar(fileURLToPath(new URL("../../examples/toko", import.meta.url)));
      return selasar;
    },
    context: { viewport: { width: 1440, height: 900 } },
    async dress(platform) {
      ({ page } = platform);
      frame = page.frameLocator("iframe");
      await page.goto(selasar.simulator);
      await page.getByRole("button", { name: "Open Toko" }).click();
      await frame.getByRole("button", { name: "Teh melati · Rp15.000" }).click();
      await frame.getByText("belum dibayar").waitFor();
    },
  });
  const press = (name) => frame.getByRole("button", { name, exact: true }).click();
  const state = (name) => frame.locator(`#order[data-state="${name}"]`).waitFor();
  const newest = async () => (await selasar.control("GET", "/payments")).payments[0];

  test("loads the items again after a failure", async () => {
    toko.expected = /503/; // the console reports the failed response
    let cut = true;
    await page.route("**/api/shelf", (route) =>
      cut ? route.fulfill({ status: 503, json: { error: "the shelf is being filled" } }) : route.continue(),
    );
    await page.reload(); // opens the mini app again
    await frame.getByRole("alert").getByText("the shelf is being filled").waitFor();
    cut = false;
    await press("Coba lagi");
    await frame.getByRole("button", { name: "Teh melati · Rp15.000" }).waitFor();
    await frame.getByRole("button", { name: "Coba lagi" }).waitFor({ state: "detached" });
  });

  test("is paid in the sheet, gets a notification that the official client verifies, and is refunded", async () => {
    await press("Bayar di GoPay");
    await page.getByRole("button", { name: "Pay", exact: true }).click();
    await page.keyboard.type("123456");
    await state("paid");
    const { reference_no } = await newest();
    await notified(selasar, reference_no, "SUCCESS");
    await frame.locator("#heard", { hasText: "sudah dibayar" }).waitFor();
    assert.equal(await balance(selasar), "235000.00");

    await press("Kembalikan uang saya");
    await state("refunded");
    await notified(selasar, reference_no, "REFUNDED");
    await frame.locator("#heard", { hasText: "uang dikembalikan" }).waitFor();
    assert.equal(await balance(selasar), "250000.00");
  });

  test("is paid in the overlay of snap.js, inside the simulator", async () => {
    await press("Bayar dengan Snap Checkout");
    const overlay = frame.frameLocator("iframe");
    await overlay.getByLabel("PIN").fill("123456");
    await overlay.getByRole("button", { name: "Pay Rp15.000" }).click();
    await state("paid");
    await frame.locator("#said", { hasText: "onSuccess settlement" }).waitFor();
    const { reference_no, via, proved_at } = await newest();
    assert.equal(via, "checkout");
    assert.ok(proved_at > 0);
    await notified(selasar, reference_no, "SUCCESS");
    await frame.locator("#heard", { hasText: "sudah dibayar" }).waitFor();
    await press("Kembalikan uang saya");
    await state("refunded");
    assert.equal(await balance(selasar), "250000.00");
  });

  test("reopens an order that was left for later", async () => {
    await press("Bayar di GoPay");
    await page.getByRole("button", { name: "Later", exact: true }).click();
    await state("pending");
    await press("Batalkan pesanan");
    await state("cancelled");
    const { reference_no, state: now } = await newest();
    assert.equal(now, "cancelled");
    await notified(selasar, reference_no, "CANCELLED");
  });
});
