import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { usePhone } from "./phone.mjs";

describe("an order and its backend", () => {
  const phone = usePhone({ shop: true });
  const indonesian = () => phone.button("EN → Bahasa Indonesia").click();
  const note = (name) => phone.page.getByRole("button", { name, exact: typeof name === "string" });
  beforeEach(() => {
    phone.shop.answers = 200;
  });

  /** Creates an order over BI-SNAP and pays in the sheet. */
  async function pay() {
    await phone.open();
    const order = await phone.backend.order();
    await phone.call("triggerPayment", { deeplink: order.deeplink });
    await phone.button("Pay").click();
    await phone.page.keyboard.type("123456");
    await phone.result();
    return order.referenceNo;
  }

  test("is shown as one timeline, from any of its entries", async () => {
    const ref = await pay();
    await phone.backend.status(ref);
    await phone.backend.refund(ref, 5_000, "One was cold");
    for (const last of ["/debit/refund", "REFUNDED delivered"]) await phone.row(last).waitFor(); // the order of their entries may differ
    const line = phone.page.getByRole("list", { name: `Time line of order ${ref}` });
    const steps = async () =>
      (await line.getByRole("listitem").allInnerTexts()).map((text) => text.replace(/\s+/g, " ").replace(/^[\d:.]+ \+\S+ \S+ /, ""));
    for (const from of ["triggerPayment", "payment-host-", "SUCCESS delivered", "refunded Rp5.000"]) {
      await phone.row(from).click();
      if ((await phone.button("Order").getAttribute("aria-pressed")) === "false") await phone.button("Order").click();
      await line.waitFor();
      const order = [
        "request POST …/debit/payment-host-to-host",
        "created Rp15.000",
        "call triggerPayment",
        "sheet shown",
        "sheet answered",
        "paid Rp15.000",
        "request POST …/debit/status",
        "request POST …/debit/refund",
        "REFUNDED delivered",
      ];
      const found = (await steps()).map((step) => order.findIndex((words) => step.includes(words))).filter((at) => at >= 0);
      assert.deepEqual(
        found,
        order.map((_, at) => at),
        (await steps()).join("\n"),
      );
    }
    const all = await steps();
    assert.ok(
      all.some((step) => step.includes("success · page")),
      "who answered the sheet, and how",
    );
  });

  test("is shown and operated by keys", async () => {
    const ref = await pay();
    await phone.row("SUCCESS delivered").click();
    await phone.page.getByRole("listbox", { name: "Journal" }).focus();
    await phone.page.keyboard.press("o");
    const line = phone.page.getByRole("list", { name: `Time line of order ${ref}` });
    const step = line.getByRole("button", { name: /triggerPayment/ });
    assert.match(await line.locator('[aria-current="step"]').innerText(), /SUCCESS delivered/);
    await step.press("Enter");
    await phone.page.getByRole("region", { name: "Detail: triggerPayment" }).getByText("Asks and answers").waitFor();
  });

  test("shows a refused notification, and sends it again", async () => {
    phone.shop.answers = 503;
    await phone.open();
    await phone.backend.order(15_000, "Cold tea");
    await phone.panel("Notifications");
    await phone.page.getByRole("heading", { name: /^Cold tea · Rp15\.000/ }).waitFor();
    await note(/^Notification 1: .* PENDING .*waiting/).press("Enter");
    const first = phone.page.getByRole("region", { name: "Try 1" });
    for (const said of ["the receiver answered 503", '"X-Signature"', '"the shop is closed"'])
      await first.getByText(said).first().waitFor();
    await phone.page.getByText('"latestTransactionStatus"').waitFor();
    await phone.page.getByText(/next: /).waitFor();
    phone.shop.answers = 200;
    await note("Send again: 1 PENDING").press("Enter");
    await note(/^Notification 1: .* PENDING .*delivered/).waitFor();
    await phone.page.getByText(/^tries: [2-9]/).waitFor();
    await phone.page.getByRole("region", { name: "Try 2" }).getByText('"2005600"').waitFor();
  });

  test("lists its notifications in order, and links to its timeline", async () => {
    const ref = await pay();
    await phone.row("SUCCESS delivered").waitFor();
    await phone.panel("Notifications");
    await indonesian();
    await note(/^Notifikasi 1: .* PENDING .*terkirim/).waitFor();
    await note(/^Notifikasi 2: .* SUCCESS .*terkirim/).waitFor();
    await phone.button(`Di jurnal: ${ref}`).click();
    await phone.page
      .getByRole("list", { name: `Lini masa pesanan ${ref}` })
      .getByText("dijawab")
      .waitFor();
  });

  test("shows a notification's tries in the journal", async () => {
    await pay();
    await phone.row("SUCCESS delivered").click();
    const detail = phone.page.getByRole("region", { name: /Detail: notification SUCCESS delivered/ });
    await detail.getByRole("region", { name: "Try 1" }).getByText("200", { exact: true }).waitFor();
    await detail.getByText('"transactionStatusDesc"').waitFor();
  });
});
