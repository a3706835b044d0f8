import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { until } from "../support/until.mjs";
import { usePhone } from "./phone.mjs";

describe("the payment sheet", () => {
  const phone = usePhone({ shop: true });
  const settled = (status) => ({ success: true, data: { status }, error: null });

  test("shows amount, payee and wallet", async () => {
    await phone.open();
    const { referenceNo } = await phone.order();
    const sheet = phone.dialog("Pay Warung");
    await sheet.waitFor();
    const text = await sheet.innerText();
    for (const said of ["Rp15.000", "Two coffees", referenceNo, "Rp250.000", new URL(phone.selasar.app).host])
      assert.ok(text.includes(said), said);
    await phone.button("Later").click();
    await phone.result();
  });

  test("leaves the focus in the journal's filter while the person types", async () => {
    await phone.open();
    const filter = phone.page.getByRole("searchbox");
    await filter.fill("pay");
    await phone.order();
    await phone.dialog("Pay Warung").waitFor();
    await filter.and(phone.page.locator(":focus")).waitFor();
    await phone.button("Later").click();
    await phone.result();
  });

  test("settles success after six digits on the keyboard", async () => {
    await phone.open();
    await phone.order();
    await phone.button("Pay").click();
    await phone.page.keyboard.type("123456");
    assert.deepEqual(await phone.result(), settled("success"));
    const { users, current_user } = await phone.control("GET", "/users");
    assert.equal(users.find(({ id }) => id === current_user).balance.value, "235000.00");
  });

  test("settles success after six presses on the pad, with one digit deleted", async () => {
    await phone.open();
    await phone.order();
    await phone.button("Pay").click();
    for (const digit of "12345") await phone.button(digit).click();
    await phone.button("Delete digit").click();
    await phone.dialog().getByRole("status", { name: "4 of 6 digits" }).waitFor();
    for (const digit of "90") await phone.button(digit).click();
    assert.deepEqual(await phone.result(), settled("success"));
  });

  for (const [name, status] of [
    ["Cancel", "cancelled"],
    ["Later", "pending"],
    ["Fail", "failed"],
  ]) {
    test(`settles ${status} on ${name}`, async () => {
      await phone.open();
      await phone.order();
      await phone.button(name).click();
      assert.deepEqual(await phone.result(), settled(status));
    });
  }

  test("treats Escape as later", async () => {
    await phone.open();
    await phone.order();
    await phone.dialog().waitFor();
    await phone.page.keyboard.press("Escape");
    assert.deepEqual(await phone.result(), settled("pending"));
  });

  /** Presses the key before the first frame that shows the element, like a fast hand or a slow machine. Returns the name of the element that got it. */
  async function pressOnSight(selector, key) {
    const watch = await phone.page.evaluateHandle(
      ([selector, key]) => ({
        pressed: new Promise((resolve) => {
          new MutationObserver((_, observer) => {
            if (!document.querySelector(selector)) return;
            observer.disconnect();
            const focused = document.activeElement;
            focused.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
            resolve(focused.getAttribute("aria-label"));
          }).observe(document, { childList: true, subtree: true });
        }),
      }),
      [selector, key],
    );
    return () => watch.evaluate(({ pressed }) => pressed);
  }

  test("accepts an Escape pressed as it appears", async () => {
    await phone.open();
    const pressed = await pressOnSight('[role=dialog][aria-label="Pay Warung"]', "Escape");
    await phone.order();
    assert.equal(await pressed(), "Pay Warung");
    assert.deepEqual(await phone.result(), settled("pending"));
  });

  test("accepts a digit pressed as the pad appears", async () => {
    await phone.open();
    await phone.order();
    const pressed = await pressOnSight(".pin", "1");
    await phone.button("Pay").click();
    assert.equal(await pressed(), "PIN");
    await phone.page.keyboard.type("23456");
    assert.deepEqual(await phone.result(), settled("success"));
  });

  test("returns the focus to Pay when the pad closes", async () => {
    await phone.open();
    await phone.order();
    await phone.button("Pay").click();
    await phone.page.keyboard.type("12");
    await phone.dialog().getByRole("button", { name: "Back" }).click();
    await phone.button("Pay").and(phone.page.locator(":focus")).waitFor();
    await phone.button("Later").click();
  });

  test("treats the browser's back as later, and stays in the mini app", async () => {
    await phone.open();
    await phone.order();
    await phone.dialog().waitFor();
    await phone.page.goBack();
    assert.deepEqual(await phone.result(), settled("pending"));
  });

  test("shows the missing amount, and pays after a top-up", async () => {
    await phone.control("PATCH", "/users", { balance: 10_000 });
    await phone.open();
    await phone.order();
    const sheet = phone.dialog("Pay Warung");
    await sheet.getByRole("alert").filter({ hasText: "Rp5.000 short" }).waitFor();
    await phone.button("Pay").click();
    await phone.page.keyboard.type("123456");
    await sheet.getByRole("alert").filter({ hasText: "Not paid: Rp5.000 short" }).waitFor();
    await phone.button("Pay").and(phone.page.locator(":focus")).waitFor();
    await phone.row("the wallet holds Rp10.000, Rp5.000 short").filter({ hasText: "refused" }).waitFor();
    await phone.button("Top up").click();
    await sheet.getByText("Rp15.000").nth(1).waitFor();
    await phone.button("Pay").and(phone.page.locator(":focus")).waitFor();
    await phone.button("Pay").click();
    await phone.page.keyboard.type("123456");
    assert.deepEqual(await phone.result(), settled("success"));
  });

  test("leaves the focus elsewhere if the person moves it during a top-up", async () => {
    await phone.control("PATCH", "/users", { balance: 10_000 });
    await phone.open();
    await phone.order();
    let answer;
    const mayAnswer = new Promise((resolve) => {
      answer = resolve;
    });
    await phone.page.route("**/control/v1/users", async (route) => {
      const response = await route.fetch();
      await mayAnswer;
      await route.fulfill({ response });
    });
    await phone.button("Top up").click();
    await phone.button("Top up").waitFor({ state: "detached" });
    const filter = phone.page.getByRole("searchbox");
    await filter.fill("p");
    const answered = phone.page.waitForEvent("requestfinished", (request) => request.url().endsWith("/users"));
    answer();
    await answered;
    await phone.page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn))));
    await phone.page.keyboard.type("ay");
    assert.equal(await filter.inputValue(), "pay");
    await phone.button("Later").click();
    await phone.result();
  });

  test("stays pending after a reload of the simulator, and opens again in the next launch", async () => {
    await phone.open();
    const { deeplink, referenceNo } = await phone.order();
    await phone.dialog().waitFor();
    await phone.page.reload();
    const results = async () => {
      const { entries } = await phone.control("GET", "/journal");
      return entries.filter(({ kind, payment, outcome }) => kind === "call" && payment === referenceNo && outcome === "ok");
    };
    await until(results, ({ length }) => length === 1); // the page that leaves ends its launch; another launch gets a sheet only after that
    await phone.loaded(); // the mini app opens again
    await phone.call("triggerPayment", { deeplink });
    await phone.button("Pay").click();
    await phone.page.keyboard.type("123456");
    assert.deepEqual(await phone.result(), settled("success"));
    assert.deepEqual(
      (await results()).map(({ detail }) => [detail.result.data.status, detail.asks[0].by]),
      [
        ["pending", "launch_ended"],
        ["success", "page"],
      ],
    );
  });

  test("closes when the payment expires, and explains it", async () => {
    await phone.open();
    const order = await phone.backend.order();
    await phone.control("POST", "/clock", { advance: "10m" }); // the sheet's deadline must be after the payment's
    await phone.call("triggerPayment", { deeplink: order.deeplink });
    await phone.dialog().waitFor();
    const told = phone.page.getByRole("status").filter({ hasText: "the payment has expired" }).waitFor();
    await phone.control("POST", "/clock", { advance: "5m" });
    await told;
    await phone.dialog().waitFor({ state: "detached" });
    assert.deepEqual(await phone.result(), settled("failed"));
    await phone.panel("Wallet");
    await phone.page
      .getByRole("row")
      .filter({ hasText: /Two coffees.*expired/s })
      .waitFor();
  });

  test("closes when it is not answered in time, and explains it", async () => {
    await phone.open();
    await phone.order();
    await phone.dialog().waitFor();
    const told = phone.page.getByRole("status").filter({ hasText: "it was not answered in time" }).waitFor();
    await phone.control("POST", "/clock", { advance: "10m" });
    await told;
    await phone.dialog().waitFor({ state: "detached" });
    assert.deepEqual(await phone.result(), settled("pending"));
    await phone.panel("Wallet");
    await phone.page
      .getByRole("row")
      .filter({ hasText: /Two coffees.*pending/s })
      .waitFor();
  });

  test("closes when the backend cancels the payment, and explains it", async () => {
    await phone.open();
    await phone.panel("Wallet");
    const order = await phone.backend.order();
    await phone.call("triggerPayment", { deeplink: order.deeplink });
    await phone.button("Pay").click(); // the PIN pad closes with the sheet
    await phone.dialog().getByRole("status", { name: "0 of 6 digits" }).waitFor();
    const told = phone.page.getByRole("status").filter({ hasText: "backend cancelled the payment" }).waitFor();
    await phone.backend.cancel(order.referenceNo);
    await told;
    await phone.dialog().waitFor({ state: "detached" });
    assert.deepEqual(await phone.result(), settled("cancelled"));
    await phone.page
      .getByRole("row")
      .filter({ hasText: /Two coffees.*cancelled/s })
      .waitFor();
    await phone.order(); // the next sheet opens as usual
    await phone.button("Later").click();
  });

  test("shows its buttons in Indonesian on an Indonesian phone", async () => {
    await phone.open();
    await phone.control("PATCH", "/device", { locale: "id_ID" });
    await phone.order();
    await phone.dialog("Bayar Warung").waitFor();
    for (const name of ["Bayar", "Batalkan", "Gagalkan"]) await phone.button(name).waitFor();
    await phone.button("Nanti").click();
    assert.deepEqual(await phone.result(), settled("pending"));
  });
});
