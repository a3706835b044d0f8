import assert from "node:assert/strict";
import { test } from "node:test";
import { inEveryBrowser } from "../browsers/engine.mjs";
import { until } from "../support/until.mjs";
import { shopOf, startShop } from "./shop.mjs";

inEveryBrowser(startShop, (its) => {
  const shop = shopOf(its);
  const state = (name) => its.page.css(`main[data-state="${name}"]`).waitFor();
  const open = (ref) => its.page.goto(`${its.selasar.api}/app/merchanttransfer?tref=${ref}`);
  const make = async (more = {}) =>
    (await shop.control("POST", "/payments", { amount: 15_000, title: "Two coffees", ...more })).referenceNo;
  const type = async (pin) => {
    await its.page.role("textbox", /^PIN/).click();
    await its.page.type(pin);
  };

  test("the payment page pays with six digits, and shows the same after a reload", async () => {
    const ref = await make();
    await open(ref);
    for (const said of [/Rp15\.000/, /Two coffees/, new RegExp(ref), /Toko/, /Rp250\.000/]) await its.page.css("main", said).waitFor();
    await type("123456");
    await its.page.button("Pay Rp15.000").click();
    await state("paid");
    await its.page.reload();
    await state("paid");
    assert.equal(await shop.balance(), "235000.00");
  });

  for (const [button, after] of [
    ["Cancel", "cancelled"],
    ["Fail", "failed"],
  ]) {
    test(`the payment page settles ${after} on ${button} without a PIN`, async () => {
      await open(await make());
      await its.page.button(button).click();
      await state(after);
      assert.equal((await shop.control("GET", "/payments")).payments[0].state, after);
    });
  }

  test("the payment page shows the missing amount, and pays after a top-up", async () => {
    its.expected = /409/; // Chromium notes the status
    await shop.control("PATCH", "/users", { balance: 10_000 });
    await open(await make());
    await its.page.css("#short", /Rp5\.000/).waitFor();
    await type("123456");
    await its.page.button("Pay Rp15.000").click();
    await its.page.css('[role="alert"]', /The wallet is short\./).waitFor();
    await shop.control("PATCH", "/users", { balance: 20_000 });
    await type("123456");
    await its.page.button("Pay Rp15.000").click();
    await state("paid");
  });

  test("the payment page shows that a payment has expired, and that an unknown payment does not exist", async () => {
    its.expected = /404|409/; // Chromium notes the status
    await open(await make({ valid_for: "1m" }));
    await type("123456");
    await shop.control("POST", "/clock", { advance: "2m" });
    await its.page.button("Pay Rp15.000").click();
    await state("expired");
    await open("A1");
    await state("unknown");
  });

  test("the payment page asks for six digits before it sends anything", async () => {
    await open(await make());
    await type("123");
    await its.page.button("Pay Rp15.000").click();
    assert.equal(await its.page.evaluate(() => document.getElementById("pin").validity.valid), false);
    assert.equal((await shop.control("GET", "/payments")).payments[0].state, "created");
  });

  test("the payment page cannot be framed by another page", async () => {
    const ref = await make();
    its.expected = /frame-ancestors|frame|X-Frame/i;
    await its.page.goto(its.selasar.app);
    const { pathname } = new URL(its.selasar.app);
    assert.equal(pathname, "/");
    await its.page.evaluate(
      (src) => new Promise((loaded) => document.body.append(Object.assign(document.createElement("iframe"), { src, onload: loaded }))),
      `${its.selasar.api}/app/merchanttransfer?tref=${ref}&embed=${new URL(its.selasar.app).origin}`,
    );
    const shown = await its.page
      .frame()
      .evaluate(() => document.querySelectorAll("main").length)
      .catch(() => 0);
    assert.equal(shown, 0);
    if (its.name === "Chromium") await until(() => its.page.problems.some((text) => text.includes("frame-ancestors")), Boolean);
  });
});
