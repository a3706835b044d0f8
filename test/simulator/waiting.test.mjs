// A question to the user is looked at again while it waits.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { usePhone } from "./phone.mjs";

describe("a sheet that waits", () => {
  const phone = usePhone();
  const ask = (...names) =>
    phone
      .frame()
      .locator("body")
      .evaluate(async (_, list) => {
        const { default: MiniAppSDK } = await import(`${location.ancestorOrigins[0]}/sdk/miniapp-client.js`);
        window.sdk ??= new MiniAppSDK({ useDummyService: false });
        window.answers = Promise.all(list.map((name) => window.sdk.getConsent(name)));
      }, names);
  const answers = () =>
    phone
      .frame()
      .locator("body")
      .evaluate(() => window.answers.then((all) => all.map(({ data }) => data.has_consent)));
  const forget = (...names) => Promise.all(names.map((name) => phone.control("PATCH", "/consents", { name, state: "never_asked" })));
  const stateOf = async (wanted) => (await phone.control("GET", "/consents")).consents.find(({ name }) => name === wanted).state;
  const wifi = () => phone.dialog(/^Allow Warung to use the name of your Wi-Fi network/);

  test("is one sheet for two calls of one question, and sheets come in the order of the calls", async () => {
    await phone.open();
    await forget("wifi", "device_info");
    await ask("wifi", "wifi", "device_info");
    await wifi().waitFor();
    await phone.button("Allow").click();
    await phone.dialog(/^Allow Warung to use information about this device/).waitFor();
    await phone.button("Don't allow").click();
    assert.deepEqual(await answers(), [true, true, false]);
    await phone.page.getByRole("dialog").waitFor({ state: "detached" });
  });

  test("closes when the consent is given in another way", async () => {
    await phone.open();
    await forget("wifi");
    await ask("wifi");
    await wifi().waitFor();
    await phone.control("PATCH", "/consents", { name: "wifi", state: "given" });
    assert.deepEqual(await answers(), [true]);
    await phone.page.getByRole("dialog").waitFor({ state: "detached" });
  });

  test("leaves nothing in the ledger when its page is reloaded", async () => {
    await phone.open();
    await forget("wifi");
    await ask("wifi");
    await wifi().waitFor();
    await phone
      .frame()
      .locator("body")
      .evaluate(() => location.reload())
      .catch(() => {});
    await phone.page.getByRole("dialog").waitFor({ state: "detached" });
    assert.equal(await stateOf("wifi"), "never_asked");
    await phone.loaded();
    await ask("wifi");
    await wifi().waitFor(); // the next page asks again
  });

  test("stays and says so while the phone is offline", async () => {
    await phone.open();
    await phone.order();
    await phone.button("Pay").click();
    await phone.control("PATCH", "/device", { online: false });
    for (const digit of "123456") await phone.button(digit).click();
    await phone.page.getByRole("alert").filter({ hasText: "No internet connection" }).waitFor();
    await phone.dialog(/^Pay Warung/).waitFor();
    await phone.control("PATCH", "/device", { online: true });
    await phone.button("Pay").click();
    for (const digit of "123456") await phone.button(digit).click();
    assert.equal((await phone.result()).data.status, "success");
  });

  test("marks a mandatory consent that was withdrawn, and declining it ends the launch", async () => {
    await phone.open();
    await phone.control("PATCH", "/consents", { name: "location", state: "revoked" });
    await ask("location");
    const sheet = phone.dialog(/^Allow Warung to use your location/);
    await sheet.getByText("Required", { exact: true }).waitFor();
    await phone.button("Don't allow").click();
    await phone.page.locator(".stage").getByText("Warung cannot be used without location").waitFor();
  });
});
