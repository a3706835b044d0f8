import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { usePhone } from "./phone.mjs";

describe("the page", () => {
  const phone = usePhone();
  const ground = () => phone.page.evaluate(() => getComputedStyle(document.body).backgroundColor);

  test("follows the system's theme, and stores the reader's choice", async () => {
    await phone.visit();
    const light = await ground();
    await phone.page.emulateMedia({ colorScheme: "dark" });
    const dark = await ground();
    assert.notEqual(light, dark);
    await phone.button("Theme: auto").click();
    assert.equal(await ground(), light);
    await phone.button("Theme: light").click();
    await phone.page.emulateMedia({ colorScheme: "light" });
    assert.equal(await ground(), dark);
    await phone.page.reload();
    await phone.button("Theme: dark").waitFor();
    assert.equal(await ground(), dark);
  });

  test("shows the panels in Indonesian while the phone keeps its own language", async () => {
    await phone.visit();
    await phone.button("EN → Bahasa Indonesia").click();
    await phone.page.getByRole("tab", { name: "Jurnal" }).waitFor();
    assert.equal(await phone.page.evaluate(() => document.documentElement.lang), "id");
    await phone.button("Open Warung").waitFor();
    await phone.control("PATCH", "/device", { locale: "id_ID" });
    await phone.button("Buka Warung").waitFor();
    await phone.button("ID → English").click();
    await phone.page.getByRole("tab", { name: "Journal" }).waitFor();
    await phone.button("Buka Warung").waitFor();
  });

  for (const [width, height] of [
    [1440, 900],
    [900, 1100],
    [390, 844],
    [320, 568],
  ]) {
    test(`never scrolls sideways at ${width} by ${height}`, async () => {
      await phone.page.setViewportSize({ width, height });
      await phone.open();
      await phone.order();
      await phone.dialog("Pay Warung").waitFor();
      await assertFits();
      await phone.button("Later").click();
      const handle = phone.button("Open the panels");
      if (width <= 640) await handle.click();
      for (const name of ["Journal", "Device", "Users", "Consents", "Wallet", "Credentials"]) {
        await show(name);
        await assertFits();
      }
    });
  }

  /** Opens a panel, and waits until its data are loaded. */
  async function show(name) {
    await phone.panel(name);
    await phone.page.locator("#panel:not(:has([aria-busy=true]))").waitFor();
  }

  async function assertFits() {
    const { wide, view } = await phone.page.evaluate(() => ({ wide: document.documentElement.scrollWidth, view: innerWidth }));
    assert.ok(wide <= view, `${wide} <= ${view}`);
  }

  const focused = (name) => phone.button(name).and(phone.page.locator(":focus")).waitFor();

  test("shows only the super app on a small screen, with the panels behind a handle", async () => {
    await phone.page.setViewportSize({ width: 390, height: 844 });
    await phone.open();
    assert.equal(await phone.page.getByRole("tab").count(), 0);
    const frame = await phone.page.locator("iframe").boundingBox();
    assert.equal(frame.width, 390);
    const handle = await phone.button("Open the panels").boundingBox();
    const at = (x, y) => phone.page.evaluate(([left, top]) => document.elementFromPoint(left, top)?.tagName, [x, y]);
    assert.equal(await at(handle.x - 2, handle.y + handle.height / 2), "IFRAME", "next to the handle, the page gets the press");
    await phone.order();
    await phone.dialog().waitFor();
    const over = await phone.page.evaluate(
      ([left, top]) => document.elementFromPoint(left, top)?.closest(".sheet-layer") !== null,
      [handle.x + 8, handle.y + 8],
    );
    assert.ok(over, "a sheet and its scrim cover the handle");
    await phone.button("Later").click();
    await phone.dialog().waitFor({ state: "detached" });
    await phone.button("Open the panels").click();
    await phone.page.getByRole("tab", { name: "Journal" }).waitFor();
    await focused("Close the panels");
    await phone.page.keyboard.press("Enter");
    await focused("Open the panels");
    assert.equal(await phone.page.getByRole("tab").count(), 0);
  });

  test("moves through tabs and menus by keys", async () => {
    await phone.visit();
    await phone.page.getByRole("tab", { name: "Journal" }).focus();
    await phone.page.keyboard.press("ArrowRight");
    await phone.page.getByRole("tab", { name: "Device", selected: true }).and(phone.page.locator(":focus")).waitFor();
    await phone.button("User: Sari Wulandari").focus();
    await phone.page.keyboard.press("Enter");
    await phone.page.keyboard.press("ArrowDown");
    await phone.page.keyboard.press("Enter");
    await phone.page.getByRole("button", { name: /^User: (?!Sari)/ }).waitFor();
    await phone.page.getByRole("button", { name: /^User: / }).press("Enter");
    await phone.page.keyboard.press("Escape");
    await phone.page
      .getByRole("button", { name: /^User: /, expanded: false })
      .and(phone.page.locator(":focus"))
      .waitFor();
  });

  test("closes a menu that loses the focus", async () => {
    await phone.visit();
    await phone.button("User: Sari Wulandari").press("Enter");
    await phone.button("Edit users…").focus();
    await phone.page.keyboard.press("Tab");
    await phone.page.getByRole("button", { name: /^User: /, expanded: false }).waitFor();
    await phone.page
      .getByRole("button", { name: /^Device: /, expanded: false })
      .and(phone.page.locator(":focus"))
      .waitFor();
  });

  test("shows the usual bar in full at 900 pixels in Indonesian, and shortens unusual values with an ellipsis", async () => {
    await phone.page.setViewportSize({ width: 900, height: 1100 });
    await phone.visit();
    await phone.button("EN → Bahasa Indonesia").click();
    await phone.page.getByRole("tab", { name: "Jurnal" }).waitFor();
    const cut = () =>
      phone.page
        .locator(".bar-label")
        .evaluateAll((all) =>
          all
            .filter((one) => one.scrollWidth > one.clientWidth)
            .map((one) => `${getComputedStyle(one).textOverflow} ${getComputedStyle(one).display}`),
        );
    assert.deepEqual(await cut(), []);
    await phone.control("POST", "/clock", { advance: "7m" });
    await phone.control("PATCH", "/mini-app", { status: "suspended" });
    await phone.page.getByText("ditangguhkan").first().waitFor();
    for (const how of await cut()) assert.equal(how, "ellipsis block");
    await assertFits();
  });

  test("keeps the phone and the panels in place when notices appear", async () => {
    for (const [width, height] of [
      [1440, 900],
      [900, 1100],
    ]) {
      await phone.page.setViewportSize({ width, height });
      await phone.visit();
      const boxes = async () => [await phone.page.locator(".phone").boundingBox(), await phone.page.locator(".panels").boundingBox()];
      const before = await boxes();
      await phone.control("PATCH", "/device", { superapp: "failing", online: false, app_version: "1.30.0" });
      await phone.page.getByText("The super app is failing").waitFor();
      assert.deepEqual(await boxes(), before);
      assert.equal(await phone.page.evaluate(() => document.documentElement.scrollWidth), width);
      await phone.control("PATCH", "/device", { superapp: "ok", online: true, app_version: "2.10.0" });
    }
  });

  test("names every control, and gives every picture a name or hides it", async () => {
    await phone.open();
    for (const name of ["Journal", "Device", "Users", "Consents", "Wallet", "Credentials"]) {
      await show(name);
      const nameless = await phone.page.evaluate(() => {
        const named = (el) => (el.getAttribute("aria-label") || el.labels?.[0]?.textContent || el.textContent || "").trim();
        const controls = [...document.querySelectorAll("button, input, select, [role=option], [role=tab]")]
          .filter((el) => !named(el))
          .map((el) => el.outerHTML);
        const pictures = [...document.querySelectorAll("img:not([alt]), svg:not([aria-hidden]):not([aria-label])")].map(
          (el) => el.outerHTML,
        );
        return [...controls, ...pictures];
      });
      assert.deepEqual(nameless, []);
    }
  });

  test("has no animation if the reader prefers reduced motion", async () => {
    await phone.page.emulateMedia({ reducedMotion: "reduce" });
    await phone.visit();
    await phone.button("Open Warung").click();
    await phone.dialog().waitFor();
    assert.equal(await phone.dialog().evaluate((sheet) => getComputedStyle(sheet).animationDuration), "0s");
    assert.equal(await phone.dialog().evaluate((sheet) => sheet.getAnimations().length), 0);
  });
});
