import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { usePhone } from "./phone.mjs";

describe("the journal", () => {
  const phone = usePhone({ context: { permissions: ["clipboard-read", "clipboard-write"] } });
  const rows = () => phone.page.getByRole("listbox", { name: "Journal" });
  const detail = (name) => phone.page.getByRole("region", { name });
  const pressed = () => phone.page.evaluate(() => navigator.clipboard.readText());

  test("shows a call while it waits, and keeps the row when the call settles", async () => {
    await phone.open();
    await phone.control("PATCH", "/consents", { name: "wifi", state: "never_asked" });
    await phone.call("getConsent", "wifi");
    await phone.row("getConsent").filter({ hasText: "waiting for an answer in the phone" }).waitFor();
    await phone.button("Allow").click();
    await phone.row("getConsent").filter({ hasText: "has_consent: true" }).click();
    const text = await detail("Detail: getConsent").innerText();
    for (const said of ["Permission and consent", "allow", '"has_consent"']) assert.ok(text.includes(said), said);
    assert.equal(await phone.page.getByRole("option").filter({ hasText: "getConsent" }).count(), 1);
  });

  test("explains a failed call from its parameters to the next step", async () => {
    await phone.open();
    await phone.call("openDeeplink", "gopay://elsewhere");
    await phone.row("openDeeplink").filter({ hasText: "300" }).click();
    const text = await detail("Detail: openDeeplink").innerText();
    for (const said of [
      "failed",
      "300",
      "Permission denied",
      "gopay://elsewhere",
      "Parameters",
      "Checks",
      "Permission and consent",
      "Result",
      "Next:",
    ])
      assert.ok(text.includes(said), said);
  });

  test("warns of a second answer, and shows it in the order", async () => {
    const opening = phone.page.waitForResponse((response) => response.url().endsWith("/host/v1/launches"));
    await phone.open();
    const { token } = await (await opening).json();
    const { referenceNo } = await phone.order();
    await phone.button("Later").click();
    await phone.result();
    const { entries } = await phone.control("GET", "/journal");
    const { id } = entries.findLast(({ title }) => title === "triggerPayment").detail.asks[0];
    const again = { method: "POST", headers: { Authorization: `Bearer ${token}` }, body: JSON.stringify({ answer: "success" }) };
    assert.equal((await fetch(`${phone.selasar.api}/host/v1/asks/${id}/answer`, again)).status, 409);
    await phone.row("refused").filter({ hasText: "is already settled" }).click();
    const text = await detail("Detail: answer refused").innerText();
    for (const said of ["warning", id, "ask_answered", referenceNo, "success"]) assert.ok(text.includes(said), said);
    await phone.button("Order").click();
    await phone.page
      .getByRole("list", { name: new RegExp(referenceNo) })
      .getByRole("button")
      .filter({ hasText: /answer.*refused/s })
      .waitFor();
  });

  test("is operated by keys: filter, arrows, Enter, copy, Escape", async () => {
    await phone.open();
    await phone.call("getAuthCode");
    await phone.row("getAuthCode").waitFor();
    await phone.page.getByRole("tab", { name: "Journal" }).focus();
    await phone.page.keyboard.press("/");
    const filter = phone.page.getByRole("searchbox", { name: "Filter the journal" });
    await filter.and(phone.page.locator(":focus")).waitFor();
    await phone.page.keyboard.type("kind:call");
    await phone.page.getByText("rows: 1").waitFor();
    await phone.page.keyboard.press("ArrowDown");
    await phone.page.keyboard.press("ArrowDown");
    assert.equal(await phone.page.getByRole("option", { selected: true }).count(), 1);
    await phone.page.keyboard.press("Enter");
    await detail("Detail: getAuthCode").waitFor();
    const copied = await phone.listen("Copied");
    await phone.page.keyboard.press("c");
    await copied();
    assert.equal(JSON.parse(await pressed()).title, "getAuthCode");
    await rows().focus();
    await phone.page.keyboard.press("Escape");
    await detail("Detail: getAuthCode").waitFor({ state: "detached" });
  });

  test("closes the detail by Escape from inside it, and focuses its row", async () => {
    await phone.open();
    await phone.call("getLocation");
    await phone.row("getLocation").click();
    await phone.button("Copy as JSON").focus();
    await phone.page.keyboard.press("Escape");
    await detail("Detail: getLocation").waitFor({ state: "detached" });
    await rows().and(phone.page.locator(":focus")).waitFor();
  });

  test("links an error to its row on a page that the server has", async () => {
    await phone.open();
    await phone.call("openDeeplink", "gopay://elsewhere");
    await phone.row("openDeeplink").filter({ hasText: "300" }).click();
    const [page] = await Promise.all([
      phone.context.waitForEvent("page"),
      phone.page.getByRole("link", { name: "About this error" }).click(),
    ]);
    await page.locator("tr:target").filter({ hasText: "Permission denied" }).waitFor();
    assert.equal(new URL(page.url()).origin, new URL(phone.selasar.simulator).origin);
  });

  test("shows an opened row on a page that scrolls", async () => {
    await phone.page.setViewportSize({ width: 900, height: 1100 });
    await phone.open();
    await phone.call("getLocation");
    await phone.row("getLocation").click();
    const { y, height } = await phone.page.locator(".detail").boundingBox();
    assert.ok(height > 240 && y + height <= 1100, `${y} + ${height}`);
  });

  test("speaks the reader's language, and filters in both", async () => {
    await phone.open();
    await phone.button("EN → Bahasa Indonesia").click();
    await phone.control("POST", "/clock", { advance: "1h" });
    const { id } = await phone.control("POST", "/faults", { operation: "status", code: "5045500" });
    await phone.control("DELETE", `/faults/${id}`);
    await phone.control("PATCH", "/users", { coins: 5 });
    await phone.control("POST", "/payments", { amount: 15_000, title: "Kopi" });
    await phone.control("PATCH", "/device", { online: false });
    for (const [kind, said] of [
      ["izin", "location diberikan"],
      ["buka", "terbuka"],
      ["jam", "dimajukan 1 jam"],
      ["gangguan", "ditambahkan: status 5045500"],
      ["gangguan", "dihapus: status 5045500"],
      ["pengguna", "diubah"],
      ["pembayaran", "dibuat Rp15.000"],
      ["perangkat", "diubah"],
    ])
      await phone.page.getByRole("option").filter({ hasText: kind }).filter({ hasText: said }).last().waitFor();
    for (const [text, row] of [
      ["dimajukan", "dimajukan 1 jam"],
      ["advanced", "dimajukan 1 jam"],
    ]) {
      await phone.page.getByRole("searchbox").fill(text);
      await phone.page.getByText("baris: 1").waitFor();
      await phone.row(row).waitFor();
    }
  });

  test("copies a call as a shell command", async () => {
    await phone.open();
    await phone.call("getLocation");
    await phone.row("getLocation").click();
    const copied = await phone.listen("Copied");
    await phone.button("Copy as curl").click();
    await copied();
    const line = await pressed();
    assert.match(line, /^curl 'http:\/\/127\.0\.0\.1:\d+\/host\/v1\/launches\/.+\/calls'/);
    assert.match(line, /"method":"getLocation"/);
  });

  test("shows all entries of a launch, and all rows again", async () => {
    await phone.open();
    await phone.call("getLocation");
    await phone.row("getLocation").click();
    await detail("Detail: getLocation")
      .getByRole("button", { name: /^[0-9a-f-]{36}$/ })
      .first()
      .click();
    await phone.page.getByRole("searchbox").and(phone.page.locator('[value^="launch:"], :not([value=""])')).first().waitFor();
    assert.equal(await phone.page.getByRole("option").filter({ hasText: "user" }).count(), 0);
    await phone.page.getByRole("searchbox").fill("nothing at all like this");
    await phone.page.getByText("Nothing matches the filter").waitFor();
    await phone.button("Show all").click();
    await phone.row("getLocation").waitFor();
  });

  test("relaunches by a key, and lists the keys", async () => {
    await phone.open();
    const tab = phone.page.getByRole("tab", { name: "Journal" });
    await tab.focus();
    await phone.page.keyboard.press("?");
    await phone.dialog("Keys").waitFor();
    const frame = await phone.page.locator("iframe").elementHandle();
    await phone.page.keyboard.press("r");
    assert.equal(await frame.evaluate((there) => there.isConnected), true, "no key acts below the dialog");
    await phone.page.keyboard.press("Escape");
    await phone.dialog("Keys").waitFor({ state: "detached" });
    await tab.and(phone.page.locator(":focus")).waitFor();
    await phone
      .frame()
      .locator("body")
      .evaluate((body) => {
        body.dataset.before = "true";
      });
    await phone.page.keyboard.press("r");
    await phone.frame().locator("body[data-ready]:not([data-before])").waitFor();
    const { entries } = await phone.control("GET", "/journal?after=0&limit=1000");
    assert.equal(new Set(entries.filter(({ kind }) => kind === "launch").map(({ launch_id }) => launch_id)).size >= 2, true);
  });

  test("accepts the next key after a key has changed the view, before a frame is drawn", async () => {
    await phone.open();
    const tab = phone.page.getByRole("tab", { name: "Journal" });
    await tab.focus();
    const modal = await tab.evaluate(async (one) => {
      one.dispatchEvent(new KeyboardEvent("keydown", { key: "?", bubbles: true }));
      await undefined; // the change is rendered in a microtask
      return document.querySelector("dialog").matches(":modal");
    });
    assert.equal(modal, true);
    await phone.page.keyboard.press("Escape");
    await phone.dialog("Keys").waitFor({ state: "detached" });
    await tab.and(phone.page.locator(":focus")).waitFor();
    await phone.page.evaluate(() => {
      window.requestAnimationFrame = () => 0;
    });
    await phone.page.keyboard.type("/row");
    assert.equal(await phone.page.getByRole("searchbox").inputValue(), "row");
  });

  test("keeps the reader's position while thousands of calls arrive, and follows the end again on request", async () => {
    await phone.open();
    const flood = (n) =>
      phone
        .frame()
        .locator("body")
        .evaluate(async (_, count) => {
          const { default: MiniAppSDK } = await import(`${location.ancestorOrigins[0]}/sdk/miniapp-client.js`);
          const sdk = new MiniAppSDK({ useDummyService: false });
          for (let i = 0; i < count; i += 50) await Promise.all(Array.from({ length: 50 }, () => sdk.getLocation()));
        }, n);
    await flood(500);
    // Waits for all entries: one that arrives after the reader has left the end would count as new.
    const { entries } = await phone.control("GET", "/journal");
    await phone.page.waitForFunction(
      (all) => document.querySelector('[role="option"]')?.getAttribute("aria-setsize") >= all,
      entries.length,
    );
    await rows().evaluate((box) => {
      box.scrollTop = 240;
    });
    await phone.button("Jump to latest").waitFor();
    const first = await phone.page.getByRole("option").nth(15).innerText();
    await flood(1_500);
    await phone.page.getByRole("button", { name: /new: jump to latest/ }).waitFor();
    assert.equal(await phone.page.getByRole("option").nth(15).innerText(), first);
    assert.ok((await phone.page.getByRole("option").count()) < 100, "only visible rows are rendered");
    await phone.page.getByRole("button", { name: /jump to latest/ }).click();
    await phone.page.getByRole("button", { name: /jump to latest/i }).waitFor({ state: "detached" });
  });
});
