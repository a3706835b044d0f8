import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { until } from "../support/until.mjs";
import { usePhone } from "./phone.mjs";

describe("messages of a mini app's backend to the phone", () => {
  const phone = usePhone({ shop: true });
  const shade = (name = "Notifications") => phone.dialog(name);
  const badge = (name) => phone.button(name).waitFor();

  /** Opens the mini app, logs in, and returns a client that calls the APIs as its user. */
  async function login() {
    await phone.visit();
    return loginAgain();
  }

  /** The same in the open page. */
  async function loginAgain() {
    await phone.button("Open Warung").click();
    await phone.button("Allow").click();
    await phone.loaded();
    await phone.call("getAuthCode");
    return phone.backend.login((await phone.result()).data.authCode);
  }

  test("add a push to the status bar, and show it in the shade", async () => {
    const user = await login();
    await user.push("READY", { message: "Two coffees are ready" });
    await badge("Notifications, new: 1");
    await phone.page.getByRole("status").filter({ hasText: "Notification from Warung: Two coffees are ready" }).waitFor();
    await phone.button("Notifications, new: 1").click();
    await shade()
      .getByRole("button", { name: /Warung \d\d:\d\d Two coffees are ready/ })
      .waitFor();
    await phone.button("Close the notifications").click();
    await shade().waitFor({ state: "detached" });
    await badge("Notifications");
    await user.push("LATE", { message: "And they get cold" });
    await badge("Notifications, new: 1");
  });

  test("announce a push after a reset that moved the clock back", async () => {
    await phone.control("POST", "/clock", { advance: "48h" });
    await (await login()).push("READY", { message: "Two coffees are ready" });
    await phone.button("Notifications, new: 1").click();
    await phone.button("Close the notifications").click();
    await phone.button("Close").click();
    await phone.row("the user closed the mini app").waitFor();
    const release = await phone.hold("**/control/v1/messages"); // holds back the responses, so that the page never sees an empty list between the two pushes
    await phone.control("POST", "/reset", {});
    const user = await loginAgain();
    await user.push("AGAIN", { message: "Two more coffees" });
    release();
    await badge("Notifications, new: 1");
  });

  test("open the shade by a pull", async () => {
    const user = await login();
    await user.push("READY", { message: "Two coffees are ready" });
    await badge("Notifications, new: 1");
    await phone.page.locator(".sheet").waitFor({ state: "detached" }); // until it is gone, the bar accepts no press
    const { x, y, width } = await phone.button("Notifications, new: 1").boundingBox();
    await phone.page.mouse.move(x + width / 2, y + 8);
    await phone.page.mouse.down();
    await phone.page.mouse.move(x + width / 2, y + 120, { steps: 4 });
    await phone.page.mouse.up();
    await shade().getByText("Two coffees are ready").waitFor();
  });

  test("open the shade by a key, which keeps the focus and returns it on Escape", async () => {
    const user = await login();
    await user.push("FIRST", { message: "First" });
    await user.push("SECOND", { message: "Second" });
    await badge("Notifications, new: 2");
    await phone.page.locator(".sheet").waitFor({ state: "detached" }); // until it is gone, the key has no effect
    const tab = phone.page.getByRole("tab", { name: "Journal" });
    await tab.focus();
    await phone.page.keyboard.press("n");
    await shade().waitFor();
    const focused = () => phone.page.evaluate(() => document.activeElement.closest('[role="dialog"]') !== null);
    for (let i = 0; i < 8; i++) {
      assert.equal(await focused(), true);
      await phone.page.keyboard.press("Tab");
    }
    await phone.page.keyboard.press("Escape");
    await shade().waitFor({ state: "detached" });
    await tab.and(phone.page.locator(":focus")).waitFor();
  });

  test("open the mini app from a push, which then disappears", async () => {
    const user = await login();
    await user.push("READY", { message: "Two coffees are ready" });
    await phone.button("Close").click();
    await phone.button("Notifications, new: 1").press("Enter");
    await shade()
      .getByRole("button", { name: /Two coffees/ })
      .press("Enter");
    await shade().waitFor({ state: "detached" });
    await phone.loaded();
    await phone.button("Notifications").press("Enter");
    await shade("Notifications").getByText("No notifications").waitFor();
    await until(
      () => phone.control("GET", "/messages"),
      ({ messages }) => messages.length === 0,
    ); // the request arrives after the visible change
  });

  test("can be dismissed singly or all at once", async () => {
    const user = await login();
    for (const message of ["First", "Second", "Third"]) await user.push("READY", { message });
    await phone.button("Notifications, new: 3").click();
    await shade().getByRole("listitem").filter({ hasText: "Second" }).getByRole("button", { name: "Dismiss: Warung" }).click();
    await shade().getByText("Second").waitFor({ state: "detached" });
    await phone.button("Clear all").click();
    await shade().getByText("No notifications").waitFor();
    await shade().and(phone.page.locator(":focus")).waitFor();
  });

  test("stay dismissed, however late the server gets the dismissal", async () => {
    const user = await login();
    await user.push("READY", { message: "First" });
    await phone.button("Notifications, new: 1").click();
    const release = await phone.hold("**/control/v1/messages/*");
    await shade().getByRole("button", { name: "Dismiss: Warung" }).click();
    await user.push("READY", { message: "Second" });
    await shade().getByText("Second").waitFor();
    assert.equal(await shade().getByText("First").count(), 0);
    release();
    await until(
      () => phone.control("GET", "/messages"),
      ({ messages }) => messages.length === 1,
    );
  });

  test("close with the shade on the back gesture, and the mini app stays", async () => {
    const user = await login();
    await user.push("READY", { message: "Two coffees are ready" });
    await phone.button("Notifications, new: 1").click();
    await shade().waitFor();
    await user.push("LATE", { message: "And they get cold" });
    await shade().getByText("And they get cold").waitFor();
    await phone.page.goBack();
    await shade().waitFor({ state: "detached" });
    await badge("Notifications");
    await phone.loaded();
  });

  test("show a reminder on the home, which opens the mini app or is deleted", async () => {
    const user = await login();
    await user.remind("STAMPS", { message: "Two stamps to go", cta_label_en: "Order now", cta_label_id: "Pesan", due: "Friday" });
    await user.remind("BILL", { message: "Pay your tab", cta_label_en: "Pay tab", cta_label_id: "Bayar" });
    await phone.button("Close").click();
    const cards = phone.page.getByRole("region", { name: "Reminders" });
    const card = cards.getByRole("listitem").filter({ hasText: "Two stamps to go" });
    for (const said of ["Warung", "Due Friday"]) await card.getByText(said).waitFor();
    await phone.button("Delete reminder: Pay your tab").click();
    await cards.getByText("Pay your tab").waitFor({ state: "detached" });
    await card.getByRole("button", { name: "Order now" }).press("Enter");
    await phone.loaded();
    await phone.button("Close").click();
    await card.waitFor();
  });

  test("open a reminder's own page", async () => {
    const user = await login();
    await user.remind("BILL", {
      message: "Pay your tab",
      cta_label_en: "Pay tab",
      cta_label_id: "Bayar",
      url: "https://warung.example/?bill=7",
    });
    await phone.button("Close").click();
    await phone.page.getByRole("region", { name: "Reminders" }).getByRole("button", { name: "Pay tab" }).click();
    await phone.loaded();
    await until(
      () => phone.page.frames().map((frame) => frame.url()),
      (urls) => urls.some((url) => url.endsWith("/?bill=7")),
    );
  });

  test("speak Indonesian on an Indonesian phone", async () => {
    const user = await login();
    await phone.control("PATCH", "/device", { locale: "id_ID" });
    await user.push("READY", { message: "Dua kopi siap" });
    await user.remind("STAMPS", { message: "Dua stempel lagi", cta_label_en: "Order now", cta_label_id: "Pesan" });
    await phone.button("Notifikasi, baru: 1").click();
    await shade("Notifikasi").getByText("Dua kopi siap").waitFor();
    await phone.button("Tutup notifikasi").click();
    await phone.button("Tutup").click();
    await phone.page.getByRole("region", { name: "Pengingat" }).getByRole("button", { name: "Pesan" }).waitFor();
  });
});
