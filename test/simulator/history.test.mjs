import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { usePhone } from "./phone.mjs";

describe("the wallet's history", () => {
  const phone = usePhone({ shop: true });
  const screen = (name = "History") => phone.page.getByRole("region", { name, exact: true });

  async function pay(title = "Two coffees") {
    const order = await phone.backend.order(15_000, title);
    await phone.call("triggerPayment", { deeplink: order.deeplink });
    await phone.button("Pay").click();
    await phone.page.keyboard.type("123456");
    await phone.result();
    return order;
  }

  test("shows payments, refunds and rewards, each with the mini app's name", async () => {
    await phone.open();
    const { referenceNo } = await pay();
    await phone.backend.refund(referenceNo, 5_000, "One was cold");
    await phone.call("getAuthCode");
    const user = await phone.backend.login((await phone.result()).data.authCode);
    await user.reward("GOPAY_COINS", 1_500, "Stamp card");
    await user.reward("GOPAY_GEMS", 12, "Streak");
    await phone.button("Close").click();
    await phone.page.getByRole("region", { name: "Balance" }).getByText("1.500 coins · 12 gems").waitFor();
    await phone.button("See all").click();
    const lines = screen().getByRole("listitem");
    for (const said of [
      /^Two coffees.*Warung.*−Rp15\.000/s,
      /Refund: Two coffees.*Warung.*\+Rp5\.000/s,
      /Warung.*\+1\.500 coins/s,
      /Warung.*\+12 gems/s,
    ])
      await lines.filter({ hasText: said }).waitFor();
    for (const [name, amount] of [
      ["Balance", "Rp240.000"],
      ["Coins", "1.500"],
      ["Gems", "12"],
    ]) {
      assert.equal(await screen().getByRole("term").filter({ hasText: name }).locator("+ dd").innerText(), amount);
    }
    await phone.panel("Wallet");
    await phone.page.getByRole("list", { name: "Refunds" }).getByText("One was cold").waitFor();
    await phone.page
      .getByRole("row")
      .filter({ hasText: /Two coffees · BI-SNAP.*Rp5\.000 refunded/ })
      .waitFor();
  });

  test("opens the order in the mini app, by the keyboard", async () => {
    await phone.open();
    const { referenceNo } = await pay();
    await phone.button("Close").click();
    await phone.button("See all").press("Enter");
    await phone.button("To home").and(phone.page.locator(":focus")).waitFor();
    await phone.button("Order: Two coffees").waitFor();
    await phone.page.keyboard.press("Tab");
    await phone.button("Order: Two coffees").and(phone.page.locator(":focus")).waitFor();
    await phone.page.keyboard.press("Enter");
    await phone.frame().getByRole("heading", { name: "Second page" }).waitFor();
    const address = new URL(
      await phone
        .frame()
        .locator("body")
        .evaluate(() => location.href),
    );
    assert.equal(address.origin, new URL(phone.selasar.app).origin);
    assert.equal(address.pathname, "/second.html");
    assert.ok(address.search.includes(referenceNo));
  });

  test("is left by Escape and by the back gesture", async () => {
    await phone.open();
    await pay();
    await phone.button("Close").click();
    for (const leave of [() => phone.page.keyboard.press("Escape"), () => phone.page.goBack(), () => phone.button("To home").click()]) {
      await phone.button("See all").click();
      await screen().waitFor();
      await leave();
      await phone.button("Open Warung").waitFor();
      await phone.button("See all").and(phone.page.locator(":focus")).waitFor();
    }
  });

  test("speaks Indonesian on an Indonesian phone", async () => {
    await phone.open();
    await pay("Dua kopi");
    await phone.control("PATCH", "/device", { locale: "id_ID" });
    await phone.button("Tutup").click();
    await phone.button("Lihat semua").click();
    await phone.button("Pesanan: Dua kopi").waitFor();
    for (const name of ["Saldo", "Koin", "Permata"]) await screen("Riwayat").getByRole("term").filter({ hasText: name }).waitFor();
  });
});
