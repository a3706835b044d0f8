import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { until } from "../support/until.mjs";
import { usePhone } from "./phone.mjs";

describe("the panels", () => {
  const phone = usePhone({ context: { permissions: ["clipboard-read", "clipboard-write"] } });

  /** Presses a copy button and waits for its confirmation. */
  async function copy(button) {
    const copied = await phone.listen("Copied");
    await button.click();
    await copied();
  }

  /** The test moves the page's time between the two presses of a destructive action: the first press expires after some seconds. */
  async function holdTime() {
    await phone.page.clock.pauseAt(await phone.page.evaluate(() => Date.now() + 60_000));
  }
  async function pressSure(name) {
    await phone.button(name).and(phone.page.locator('[aria-disabled="true"]')).waitFor();
    await phone.page.clock.runFor(1_000);
    await phone.button(name).and(phone.page.locator('[aria-disabled="false"]')).press("Enter");
    await phone.page.clock.resume();
  }

  test("revoke a consent, and show its history", async () => {
    await phone.open();
    await phone.panel("Consents");
    await phone.button("Revoke: location").click();
    await phone.page.getByRole("row", { name: /^location Required revoked/ }).waitFor();
    await phone.call("getLocation");
    assert.equal((await phone.result()).error.code, 300);
    assert.ok((await phone.page.getByRole("table").nth(1).getByRole("row").count()) >= 5);
    await phone.button("Forget: location").click();
    await phone.page.getByRole("row", { name: /^location Required never asked/ }).waitFor();
  });

  test("create a payment whose deeplink can be paid, and list it", async () => {
    await phone.open();
    await phone.panel("Wallet");
    await phone.page.getByLabel("Amount").fill("Rp 20.000");
    await phone.page.getByLabel("Title").fill("Nasi goreng");
    await phone.button("Create").click();
    await phone.page.getByText(/^gopay:\/\/merchanttransfer/).waitFor();
    await copy(phone.button("Copy deeplink").first());
    await phone.call("triggerPayment", { deeplink: await phone.page.evaluate(() => navigator.clipboard.readText()) });
    await phone.button("Pay").click();
    await phone.page.keyboard.type("000000");
    assert.equal((await phone.result()).data.status, "success");
    await phone.page.getByRole("row", { name: /Nasi goreng .*Rp20\.000 paid/ }).waitFor();
    await phone.button("In the journal").click();
    await phone.page.getByRole("option").filter({ hasText: "triggerPayment" }).waitFor();
  });

  test("set the balance, in the phone immediately", async () => {
    await phone.visit();
    await phone.panel("Wallet");
    const balance = phone.page.getByLabel("Balance", { exact: true }).and(phone.page.getByRole("textbox"));
    await balance.fill("1.234.567");
    await balance.press("Enter");
    await phone.page.getByRole("region", { name: "Balance" }).getByText("Rp1.234.567").waitFor();
  });

  test("save a field once if it is left before the response to Enter", async () => {
    await phone.visit();
    await phone.panel("Wallet");
    let saves = 0;
    phone.page.on("request", (request) => {
      if (request.method() === "PATCH") saves++;
    });
    const release = await phone.hold("**/control/v1/users");
    const balance = phone.page.getByRole("textbox", { name: "Balance" });
    await balance.fill("1.234.567");
    await balance.press("Enter");
    await balance.blur();
    release();
    await phone.page.getByRole("region", { name: "Balance" }).getByText("Rp1.234.567").waitFor();
    assert.equal(saves, 1);
  });

  test("remove a field's error when its old value is restored", async () => {
    await phone.visit();
    await phone.panel("Wallet");
    const field = phone.page.getByRole("textbox", { name: "Balance" });
    await field.fill("a lot");
    await field.press("Enter");
    await phone.page.getByRole("alert").filter({ hasText: "A whole amount in rupiah" }).waitFor();
    await field.fill("Rp250.000");
    await field.press("Enter");
    await phone.page.getByRole("alert").waitFor({ state: "detached" });
  });

  test("set coins and gems, in the phone immediately", async () => {
    await phone.visit();
    await phone.panel("Wallet");
    for (const [name, amount] of [
      ["Coins", "1.500"],
      ["Gems", "12"],
    ]) {
      const field = phone.page.getByLabel(name, { exact: true });
      await field.fill(amount);
      await field.press("Enter");
    }
    await phone.page.getByRole("region", { name: "Balance" }).getByText("1.500 coins · 12 gems").waitFor();
  });

  test("add a user, edit the profile, link a bank account and switch the active user", async () => {
    await phone.visit();
    await phone.panel("Users");
    await phone.page.getByLabel("Name of a new user").fill("Made Wirawan");
    await phone.button("Add").click();
    await phone.page.getByRole("heading", { name: "Made Wirawan" }).waitFor();
    const email = phone.page.getByLabel("E-mail");
    await email.fill("made@example.com");
    await email.press("Enter");
    await phone.page.getByRole("button", { name: /^(Change|Link account)$/ }).click();
    await phone.page.getByLabel("Bank code").fill("bca");
    await phone.page.getByLabel("Account number").fill("1234567890");
    await phone.button("Save").click();
    await phone.page.getByText(/bca · •+7890/).waitFor();
    await phone.button("Switch to Made Wirawan").click();
    await phone.page.getByText("Hi, Made").waitFor();
    await phone.button("User: Made Wirawan").waitFor();
    const current = async () => {
      const { users, current_user } = await phone.control("GET", "/users");
      return users.find(({ id }) => id === current_user);
    };
    await until(current, ({ email }) => email === "made@example.com");
  });

  test("mask secrets until the reader shows them", async () => {
    await phone.visit();
    await phone.panel("Credentials");
    const { client_id, client_secret } = await phone.control("GET", "/credentials");
    await phone.page.getByText(client_id).first().waitFor();
    assert.equal(await phone.page.getByText(client_secret).count(), 0);
    await phone.button("Show client_secret").click();
    await phone.page.getByText(client_secret).waitFor();
    await copy(phone.button("Copy client_secret"));
    assert.equal(await phone.page.evaluate(() => navigator.clipboard.readText()), client_secret);
  });

  test("show all credentials, a key in a separate box, and copy them for a shell", async () => {
    await phone.visit();
    await phone.panel("Credentials");
    const { snap, checkout, merchant_id, notification_public_key } = await phone.control("GET", "/credentials");
    for (const text of [merchant_id, snap.client_key, snap.partner_id, snap.channel_id, checkout.client_key])
      await phone.page.getByText(text, { exact: true }).waitFor();
    for (const secret of [snap.client_secret, checkout.server_key, "BEGIN PRIVATE KEY"])
      assert.equal(await phone.page.getByText(secret).count(), 0, secret);
    await phone.button("Show snap.private_key").press("Enter");
    await phone.page.getByText("BEGIN PRIVATE KEY").waitFor();
    const box = phone.page.locator("pre").filter({ hasText: "BEGIN PRIVATE KEY" });
    await box.press("ArrowDown");
    await until(
      () => box.evaluate(({ scrollTop }) => scrollTop),
      (top) => top > 0,
    );
    await copy(phone.button("Copy snap.private_key"));
    const copied = () => phone.page.evaluate(() => navigator.clipboard.readText());
    assert.equal(await copied(), snap.private_key);
    await phone.button("Copy as shell lines").click();
    await phone.page.waitForFunction(async () => (await navigator.clipboard.readText()).startsWith("export "));
    const lines = await copied();
    assert.ok(lines.startsWith(`export SELASAR_API_URL='${phone.selasar.api}'\n`) && !lines.includes("export ="));
    for (const [name, text] of [
      ["SNAP_PRIVATE_KEY", snap.private_key],
      ["NOTIFICATION_PUBLIC_KEY", notification_public_key],
      ["CHECKOUT_SERVER_KEY", checkout.server_key],
    ])
      assert.ok(lines.includes(`export SELASAR_${name}='${text}'`), name);
  });

  test("rotate the credentials after two presses, and keep the old ones unless they are revoked", async () => {
    await phone.page.clock.install();
    await phone.visit();
    await phone.panel("Credentials");
    const before = await phone.control("GET", "/credentials");
    const rotated = async (sure) => {
      await holdTime();
      await phone.button("Rotate").click();
      await pressSure(sure);
      await phone.page.getByRole("status").filter({ hasText: "Done" }).waitFor();
    };
    await rotated("Confirm: rotate");
    await phone.page.getByText(`Generation ${before.generation + 1}, made`).waitFor();
    await phone.page.getByText(/The previous generation is valid until/).waitFor();
    await phone.page.getByLabel("Revoke the old set immediately").check();
    await rotated("Confirm: rotate and revoke");
    await phone.page.getByText(`Generation ${before.generation + 2}, made`).waitFor();
    await phone.page.getByText(/The previous generation is valid until/).waitFor({ state: "detached" });
    const after = await phone.control("GET", "/credentials");
    assert.notEqual(after.client_secret, before.client_secret);
    assert.equal(after.client_id, before.client_id);
    await phone.button("EN → Bahasa Indonesia").click();
    await phone.button("Rotasi").waitFor();
    await phone.page.getByRole("checkbox", { name: "Cabut set lama seketika" }).waitFor();
  });

  test("clear the journal when another client resets, without losing entries that arrive during the reset", async () => {
    await phone.visit();
    await phone.control("PATCH", "/device", { emulator: true });
    await phone.row("emulator").waitFor();
    await phone.control("POST", "/reset", {});
    await phone.control("PATCH", "/device", { rooted: true });
    await phone.page.getByRole("option").filter({ hasText: "emulator" }).waitFor({ state: "detached" });
    await phone.row("rooted").waitFor();
    assert.equal(await phone.row("rooted").count(), 1);
  });

  test("explain why a press had no effect", async () => {
    phone.expected = /ERR_FAILED/; // the browser logs it
    await phone.visit();
    await phone.panel("Device");
    await phone.page.route("**/control/v1/device", (route) => route.abort());
    const told = phone.page.getByRole("status").filter({ hasText: "selasar dev does not answer" }).waitFor();
    await phone.button("Bandung").click();
    await told;
    await phone.page.unroute("**/control/v1/device");
    await phone.button("Bandung").click();
    await phone.page.getByRole("button", { name: "Bandung", pressed: true }).waitFor();
  });

  test("reset everything after two presses, and count a double-click as one", async () => {
    await phone.page.clock.install();
    await phone.open();
    await phone.panel("Device");
    await phone.button("Bandung").click();
    await phone.page.getByRole("button", { name: "Bandung", pressed: true }).waitFor();
    await holdTime();
    await phone.button("Reset everything").dblclick();
    await phone.button("Confirm: reset everything").waitFor();
    assert.equal((await phone.control("GET", "/device")).location.preset, "Bandung");
    await pressSure("Confirm: reset everything");
    await phone.page.getByRole("status").filter({ hasText: "Done" }).waitFor();
    assert.equal((await phone.control("GET", "/device")).location.preset, "Jakarta");
    await phone.page.getByRole("heading", { name: "Warung was closed" }).waitFor();
  });
});
