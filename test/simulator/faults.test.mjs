import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { until } from "../support/until.mjs";
import { usePhone } from "./phone.mjs";

describe("faults", () => {
  const phone = usePhone({ shop: true });
  const form = () => phone.page.getByRole("form", { name: "Add fault" });
  const listed = () => phone.page.getByRole("list", { name: "Faults" }).getByRole("listitem");
  const notice = () =>
    phone.page
      .getByRole("list", { name: "Unusual settings of this phone" })
      .getByRole("listitem")
      .filter({ hasText: "Faults for the backend's requests" });
  const line = () => phone.page.locator(".phone[data-trouble=faults]");
  const waiting = async () => (await phone.control("GET", "/faults")).faults;

  /** Opens the menu and waits for its form, which needs the server's list of faults. */
  async function menu(name = "faults: off") {
    await phone.button(name).click();
    await form()
      .getByRole("combobox", { name: "Operation" })
      .locator("option", { hasText: /^refund$/ })
      .waitFor({ state: "attached" });
  }

  const choose = (name, value) => form().getByRole("combobox", { name }).selectOption(value);

  test("are off at first, and the form offers the server's list", async () => {
    await phone.visit();
    await menu();
    const { available } = await phone.control("GET", "/faults");
    const operations = form().getByRole("combobox", { name: "Operation" });
    assert.deepEqual(
      await operations.locator("option").allTextContents(),
      available.map(({ operation }) => operation),
    );
    assert.deepEqual(await operations.locator("optgroup").evaluateAll((all) => all.map(({ label }) => label)), [
      "BI-SNAP",
      "mini-app APIs",
      "Snap Checkout",
    ]);
    for (const { operation, codes } of available) {
      await choose("Operation", operation);
      const offered = await form().getByRole("combobox", { name: "Answer" }).locator("option").allTextContents();
      assert.deepEqual(offered, [...codes.map(({ code, message }) => `${code} ${message}`), "Normal answer, delayed"]);
    }
    assert.equal(await line().count(), 0);
    assert.equal(await notice().count(), 0);
  });

  test("are added, returned to the backend, counted down and removed", async () => {
    await phone.visit();
    await menu();
    await choose("Operation", "payment-host-to-host");
    await choose("Answer", "5045400");
    await choose("How often", "several times");
    await form().getByRole("textbox", { name: "Times" }).fill("2");
    await form().getByRole("button", { name: "Add fault" }).click();
    await listed()
      .filter({ hasText: /payment-host-to-host 5045400 Timeout.*2 times/s })
      .waitFor();
    await phone.page.getByRole("status").filter({ hasText: "Fault added" }).waitFor();
    await line().waitFor();
    await notice().filter({ hasText: "1." }).waitFor();
    await assert.rejects(phone.backend.order(), /5045400/);
    await listed()
      .filter({ hasText: /payment-host-to-host 5045400 Timeout.*once/s })
      .waitFor();
    await assert.rejects(phone.backend.order(), /5045400/);
    await phone.button("faults: off").waitFor();
    await listed().waitFor({ state: "detached" });
    await line().waitFor({ state: "detached" });
    await phone.backend.order();
  });

  test("stay until they are removed", async () => {
    await phone.visit();
    await menu();
    await choose("Operation", "status");
    await choose("Answer", "5045500");
    await choose("How often", "until removed");
    await form().getByRole("checkbox", { name: "drop the response" }).check();
    await form().getByRole("button", { name: "Add fault" }).click();
    await listed()
      .filter({ hasText: /status 5045500 Timeout.*until removed · request processed, response dropped/s })
      .waitFor();
    const { referenceNo } = await phone.backend.order();
    for (let i = 0; i < 2; i++) await assert.rejects(phone.backend.status(referenceNo), /5045500/);
    await phone.button("Remove: status 5045500").click();
    await listed().waitFor({ state: "detached" });
    assert.equal(await phone.page.evaluate(() => document.activeElement.tagName), "SELECT");
    assert.equal((await phone.backend.status(referenceNo)).responseCode, "2005500");
  });

  test("may only delay the answer, which needs a delay", async () => {
    await phone.visit();
    await menu();
    await choose("Operation", "refund");
    await choose("Answer", "Normal answer, delayed");
    assert.equal(await form().getByRole("checkbox", { name: "drop the response" }).isDisabled(), true);
    await form().getByRole("button", { name: "Add fault" }).click();
    await phone.page.getByRole("alert").filter({ hasText: "Enter the delay" }).waitFor();
    await form().getByRole("textbox", { name: "Delay" }).fill("700");
    await form().getByRole("button", { name: "Add fault" }).click();
    await listed()
      .filter({ hasText: /refund Normal answer, delayed.*once · delayed by 700 ms/s })
      .waitFor();
    await phone.page.getByRole("alert").waitFor({ state: "detached" });
    const [{ code, delay_ms }] = await waiting();
    assert.deepEqual([code, delay_ms], ["", 700]);
  });

  test("are refused with the server's message", async () => {
    phone.expected = /400 \(Bad Request\)/; // Chromium's log line
    await phone.visit();
    await menu();
    await form().getByRole("textbox", { name: "Delay" }).fill("600001");
    await form().getByRole("button", { name: "Add fault" }).click();
    await phone.page.getByRole("alert").filter({ hasText: "delay_ms is 0 to 600000" }).waitFor();
    assert.deepEqual(await waiting(), []);
  });

  test("are all turned off in the menu, and from below the phone", async () => {
    await phone.visit();
    const add = async () => {
      await phone.control("POST", "/faults", { operation: "cancel", code: "5045700" });
      await phone.control("POST", "/faults", { operation: "rewards", code: "4060", always: true });
    };
    await add();
    await menu("faults: 2");
    await listed()
      .filter({ hasText: /rewards 4060 Fraud validation error/ })
      .waitFor();
    await phone.button("Turn all faults off").click();
    await phone.button("faults: off").waitFor();
    assert.deepEqual(await waiting(), []);
    await phone.page.keyboard.press("Escape");
    await add();
    await notice().getByRole("button", { name: "Turn off" }).click();
    await notice().waitFor({ state: "detached" });
    assert.deepEqual(await waiting(), []);
  });

  test("work with the keyboard alone", async () => {
    await phone.visit();
    await phone.button("faults: off").focus();
    await phone.page.keyboard.press("Enter");
    await form().getByRole("combobox", { name: "Answer" }).locator("option", { hasText: "4017300" }).waitFor({ state: "attached" });
    const focused = (name) =>
      until(
        () => phone.page.evaluate(() => document.activeElement.id && document.activeElement.labels?.[0]?.textContent),
        (label) => label === name,
      );
    await focused("Operation");
    for (const name of ["Answer", "How often", "Delay"]) {
      await phone.page.keyboard.press("Tab");
      await focused(name);
    }
    await phone.page.keyboard.press("Enter");
    await listed().filter({ hasText: "access-token 4017300" }).waitFor();
    await phone.page.keyboard.press("Escape");
    await form().waitFor({ state: "detached" });
    await until(
      () => phone.page.evaluate(() => document.activeElement.getAttribute("aria-label")),
      (name) => name === "faults: 1",
    );
  });

  test("speak Indonesian", async () => {
    await phone.visit();
    await phone.button("EN → Bahasa Indonesia").click();
    await phone.control("POST", "/faults", { operation: "profile", code: "900", times: 3, delay_ms: 50 });
    await phone.button("gangguan: 1").click();
    await phone.page
      .getByRole("list", { name: "Gangguan" })
      .getByRole("listitem")
      .filter({ hasText: /profile 900 GENERIC_SERVICE_ERROR.*3 kali · ditunda 50 ms/s })
      .waitFor();
    await phone.button("Matikan semua gangguan").click();
    await phone.button("gangguan: mati").waitFor();
  });
});

describe("faults on a phone's own screen", () => {
  const phone = usePhone({ context: { viewport: { width: 390, height: 844 } } });

  test("show a line over the screen, and are turned off in the drawer", async () => {
    await phone.visit();
    await phone.control("POST", "/faults", { operation: "cancel", code: "5045700" });
    await phone.page.locator(".phone[data-trouble=faults]").waitFor();
    assert.equal(await phone.page.locator(".phone").evaluate((one) => getComputedStyle(one, "::after").borderTopWidth), "2px");
    await phone.button("Open the panels").click();
    await phone.button("faults: 1").click();
    await phone.button("Remove: cancel 5045700").click();
    await phone.button("faults: off").waitFor();
    await phone.page.locator(".phone[data-trouble]").waitFor({ state: "detached" });
  });
});
