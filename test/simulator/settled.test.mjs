import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { usePhone } from "./phone.mjs";

describe("a payment that settles without a sheet", () => {
  const phone = usePhone({ shop: true });
  const row = (standing) => phone.page.getByRole("row", { name: new RegExp(`Two coffees · BI-SNAP.* ${standing}`) }).waitFor();
  const balance = (amount) => phone.page.getByRole("region", { name: "Balance" }).getByText(amount).waitFor();

  /** Creates an order, which the wallet panel shows next to the phone's home. */
  async function ordered() {
    await phone.visit();
    await phone.panel("Wallet");
    const order = await phone.backend.order();
    await row("created");
    return order;
  }

  async function payOnItsPage({ referenceNo }) {
    const page = await phone.context.newPage();
    await page.goto(`${phone.selasar.api}/app/merchanttransfer?tref=${referenceNo}`);
    await page.getByLabel("PIN").fill("123456");
    await page.getByRole("button", { name: "Pay Rp15.000" }).click();
    await page.getByRole("heading", { name: "Paid" }).waitFor();
    await page.close();
  }

  test("is paid on its page, and refunded: the panel, the wallet and the home follow", async () => {
    const order = await ordered();
    await balance("Rp250.000");
    await payOnItsPage(order);
    await row("paid");
    await balance("Rp235.000");
    await phone.page
      .getByRole("listitem")
      .filter({ hasText: /Two coffees.*−Rp15\.000/s })
      .waitFor();
    await phone.backend.refund(order.referenceNo, 5_000, "One was cold");
    await phone.page.getByRole("list", { name: "Refunds" }).getByText("One was cold").waitFor();
    await balance("Rp240.000");
    await phone.page
      .getByRole("listitem")
      .filter({ hasText: /Refund: Two coffees.*\+Rp5\.000/s })
      .waitFor();
  });

  test("is cancelled by the backend", async () => {
    const order = await ordered();
    await phone.backend.cancel(order.referenceNo);
    await row("cancelled");
    await balance("Rp250.000");
  });

  test("expires", async () => {
    await ordered();
    await phone.control("POST", "/clock", { advance: "15m" });
    await row("expired");
    await balance("Rp250.000");
  });

  test("updates the balance in an open sheet after another payment was paid", async () => {
    await phone.open();
    await phone.order(20_000, "Nasi goreng");
    await phone.dialog("Pay Warung").getByText("Rp250.000").waitFor();
    await payOnItsPage(await phone.backend.order());
    await phone.dialog("Pay Warung").getByText("Rp235.000").waitFor();
    await phone.button("Later").click();
    assert.equal((await phone.result()).data.status, "pending");
  });

  test("disappears after a reset, with its sheet", async () => {
    await phone.open();
    await phone.panel("Wallet");
    await phone.order();
    await phone.dialog("Pay Warung").waitFor();
    await phone.page.getByRole("row", { name: /Two coffees/ }).waitFor();
    await phone.control("POST", "/reset", {});
    await phone.dialog("Pay Warung").waitFor({ state: "detached" });
    await phone.page.getByRole("row", { name: /Two coffees/ }).waitFor({ state: "detached" });
  });
});
