import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { usePhone } from "./phone.mjs";

describe("the consent sheet", () => {
  const phone = usePhone();

  test("lists the requested consents before the page is loaded, each with its reason", async () => {
    await phone.visit();
    await phone.button("Open Warung").click();
    const sheet = phone.dialog(/^Allow Warung to use .+, .+ and .+\?$/);
    await sheet.waitFor();
    assert.equal(await sheet.getAttribute("aria-modal"), "true");
    assert.match(await sheet.innerText(), /To find the stall nearest to you/);
    assert.match(await sheet.innerText(), new RegExp(new URL(phone.selasar.app).host));
    assert.match(await sheet.innerText(), /The mini app gives no reason/);
    assert.equal(await phone.page.locator("iframe").getAttribute("src"), null);
  });

  test("does not allow a mandatory consent to be left out", async () => {
    await phone.visit();
    await phone.button("Open Warung").click();
    const location = phone.dialog().getByRole("checkbox", { name: /location/i });
    assert.equal(await location.isChecked(), true);
    assert.equal(await location.isDisabled(), true);
  });

  test("opens the mini app after an optional consent is declined", async () => {
    await phone.visit();
    await phone.button("Open Warung").click();
    await phone
      .dialog()
      .getByRole("checkbox", { name: /device/i })
      .uncheck();
    await phone.button("Allow").click();
    await phone.loaded();
    const { consents } = await phone.control("GET", "/consents");
    assert.deepEqual(
      consents.map(({ name, state }) => [name, state]),
      [
        ["location", "given"],
        ["device_info", "refused"],
        ["wifi", "given"],
      ],
    );
  });

  test("explains why the mini app was not opened after a mandatory consent is declined, and offers to try again", async () => {
    await phone.visit();
    await phone.button("Open Warung").click();
    await phone.button("Don't allow").click();
    await phone.page.getByRole("heading", { name: "Warung was not opened" }).waitFor();
    assert.equal(await phone.page.locator("iframe").getAttribute("src"), null);
    await phone.button("Try again").click();
    await phone.button("Allow").click();
    await phone.loaded();
  });

  test("sends decisions to the page, in the call itself and in another launch", async () => {
    await phone.open();
    const told = await phone
      .frame()
      .locator("body")
      .evaluateHandle(async () => {
        const { default: MiniAppSDK } = await import(`${location.ancestorOrigins[0]}/sdk/miniapp-client.js`);
        const sdk = new MiniAppSDK({ useDummyService: false });
        await sdk.isInHost(); // connected: events arrive from here on
        const heard = [];
        // The launch's own decision may still arrive, so the test counts from the revocation on.
        sdk.on("consentchange", (data) => {
          if (heard.length > 0 || data.state === "revoked") heard.push(data);
        });
        return {
          until: async (n) => {
            while (heard.length < n) await sdk.isInHost();
            return heard;
          },
        };
      });
    await phone.control("PATCH", "/consents", { name: "wifi", state: "revoked" });
    await phone.call("getConsent", "wifi");
    await phone.button("Allow").click();
    await phone.result();
    assert.deepEqual(await told.evaluate(({ until }) => until(2)), [
      { name: "wifi", state: "revoked" },
      { name: "wifi", state: "given" },
    ]);
    await phone.control("PATCH", "/consents", { name: "wifi", state: "never_asked" });
    await phone.control("PATCH", "/answers", { consent: "decline" });
    await fetch(`${phone.selasar.api}/host/v1/launches`, { method: "POST" });
    assert.deepEqual((await told.evaluate(({ until }) => until(4))).slice(2), [
      { name: "wifi", state: "never_asked" },
      { name: "wifi", state: "refused" },
    ]);
  });

  test("ignores presses in its first half second, by pointer or by key", async () => {
    const { clock, keyboard } = phone.page;
    await clock.install();
    await phone.visit();
    await clock.pauseAt(Date.now() + 60_000);
    await phone.button("Open Warung").click();
    const allow = phone.button("Allow");
    await allow.waitFor();
    await clock.runFor(400);
    assert.equal(await allow.getAttribute("aria-disabled"), "true");
    await allow.focus();
    await keyboard.press("Enter");
    await allow.click({ force: true });
    assert.equal((await phone.control("GET", "/consents")).consents[0].state, "never_asked");
    await clock.runFor(200);
    assert.equal(await allow.getAttribute("aria-disabled"), "false");
    await clock.resume();
    await allow.click();
    await phone.loaded();
  });

  test("asks for one consent at a time when the page calls getConsent", async () => {
    await phone.open();
    await phone.control("PATCH", "/consents", { name: "wifi", state: "never_asked" });
    await phone.call("getConsent", "wifi");
    await phone.dialog("Allow Warung to use the name of your Wi-Fi network?").waitFor();
    assert.equal(await phone.dialog().getByRole("checkbox").count(), 0);
    await phone.button("Don't allow").click();
    assert.deepEqual(await phone.result(), { success: true, data: { consent_name: "wifi", has_consent: false }, error: null });
  });

  test("treats Escape as don't allow, and returns the focus", async () => {
    await phone.open();
    await phone.control("PATCH", "/consents", { name: "wifi", state: "never_asked" });
    await phone.dialog().waitFor({ state: "detached" }); // a frame under the launch's sheet accepts no focus
    await phone.frame().getByRole("button", { name: "Press" }).focus();
    await phone.call("getConsent", "wifi");
    await phone.dialog("Allow Warung to use the name of your Wi-Fi network?").waitFor();
    assert.equal(await phone.dialog().evaluate((sheet) => sheet.contains(document.activeElement)), true);
    for (let i = 0; i < 6; i++) {
      await phone.page.keyboard.press("Tab");
      assert.equal(await phone.dialog().evaluate((sheet) => sheet.contains(document.activeElement)), true, "Tab stays inside");
    }
    await phone.page.keyboard.press("Escape");
    assert.equal((await phone.result()).data.has_consent, false);
    await phone.dialog().waitFor({ state: "detached" });
    await phone.page.waitForFunction(() => document.activeElement?.tagName === "IFRAME");
    await phone.page.keyboard.press("Tab");
    assert.equal(
      await phone
        .frame()
        .locator("body")
        .evaluate(() => document.activeElement.textContent),
      "Second page",
      "one on from where it was",
    );
  });

  test("leaves the focus elsewhere if the person moves it as the sheet closes", async () => {
    await phone.visit();
    await phone.button("Open Warung").click();
    const allow = phone.button("Allow");
    await allow.focus();
    await phone.page.locator('.sheet[data-armed="true"]').waitFor(); // it needs some frames
    await phone.page.evaluate(() => {
      const held = [];
      const next = window.requestAnimationFrame;
      window.requestAnimationFrame = (act) => held.push(act);
      window.release = () =>
        new Promise((done) => {
          window.requestAnimationFrame = next;
          held.forEach((act) => act(0));
          next(done);
        });
    });
    await allow.click();
    await phone.page.locator(".sheet").waitFor({ state: "detached" });
    const tab = phone.page.getByRole("tab", { name: "Journal" });
    await tab.focus();
    await phone.page.evaluate(() => window.release());
    await tab.and(phone.page.locator(":focus")).waitFor();
    await phone.loaded();
  });

  test("keeps the focus when the page tries to take it", async () => {
    await phone.open();
    await phone.control("PATCH", "/consents", { name: "wifi", state: "never_asked" });
    await phone.call("getConsent", "wifi");
    const sheet = phone.dialog("Allow Warung to use the name of your Wi-Fi network?");
    await sheet.waitFor();
    await phone
      .frame()
      .locator("body")
      .evaluate(() => {
        window.focus();
        document.getElementById("press").focus();
      });
    await phone.page.keyboard.press("Tab");
    assert.equal(await sheet.evaluate((element) => element.contains(document.activeElement)), true);
    await phone.button("Allow").click();
    assert.equal((await phone.result()).data.has_consent, true);
  });

  test("of a launch that was left before its creation does not cover the next launch's sheet", async () => {
    await phone.visit();
    const release = await phone.hold("**/host/v1/launches", { times: 1 });
    await phone.button("Open Warung").click();
    await phone.page.getByRole("tab", { name: "Journal" }).focus();
    await phone.page.keyboard.press("r");
    await phone.button("Allow").waitFor();
    const left = phone.page.waitForRequest((request) => request.method() === "DELETE");
    release();
    await left;
    await phone.button("Allow").click();
    await phone.loaded();
  });

  test("speaks Indonesian on an Indonesian phone", async () => {
    await phone.control("PATCH", "/device", { locale: "id_ID" });
    await phone.visit();
    await phone.button("Buka Warung").click();
    await phone.dialog(/^Izinkan Warung menggunakan .+\?$/).waitFor();
    await phone.button("Jangan izinkan").waitFor();
    await phone.button("Izinkan").click();
    await phone.loaded();
  });
});
