import { describe, test } from "node:test";
import { usePhone } from "./phone.mjs";
import { sound as soundIn } from "./sound.mjs";

describe("accessibility", () => {
  const phone = usePhone({ shop: true });

  const sound = (state) => soundIn(phone.page, state);

  test("holds at home, in sheets, in the journal, in an order and in every panel", async () => {
    await phone.visit();
    await sound("home");
    await phone.button("Open Warung").click();
    await phone.dialog().waitFor();
    await sound("consent sheet");
    await phone.button("Allow").click();
    await phone.loaded();
    const order = await phone.backend.order();
    await phone.call("triggerPayment", { deeplink: order.deeplink });
    await phone.dialog("Pay Warung").waitFor();
    await sound("payment sheet");
    await phone.button("Pay").click();
    await sound("PIN pad");
    await phone.page.keyboard.type("123456");
    await phone.result();
    await phone.row("SUCCESS delivered").click();
    await sound("detail of a notification");
    await phone.button("Order").click();
    await sound("order");
    await phone.button("Time").click();
    await sound("time scale");
    for (const name of ["Device", "Users", "Consents", "Wallet", "Notifications", "Credentials"]) {
      await phone.panel(name);
      await phone.page.getByRole("tabpanel", { name }).locator(":scope > :not(.unseen)").first().waitFor();
      await sound(name);
    }
  });

  test("offers a way past the bar and the panels with the first Tab", async () => {
    await phone.visit();
    await phone.page.keyboard.press("Tab");
    await phone.page.keyboard.press("Enter");
    await phone.page.locator(".home-app:focus").waitFor();
  });
});
