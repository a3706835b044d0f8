import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, describe, test } from "node:test";
import { openBrowser, openPage } from "../support/browser.mjs";
import { usePhone } from "./phone.mjs";
import { startSelasar, startUnanswered } from "../support/selasar.mjs";

describe("the phone shows", () => {
  const phone = usePhone();

  test("a suspended mini app: the reason, and a button that activates it; the journal has all steps", async () => {
    phone.expected = /status of 403/; // the browser logs it
    await phone.control("PATCH", "/mini-app", { status: "suspended" });
    await phone.visit();
    await phone.button("Open Warung").click();
    await phone.page.getByRole("heading", { name: "Warung is suspended" }).waitFor();
    for (const row of ["suspended", "refused"]) await phone.row(row).waitFor();
    await phone.button("Activate and open").click();
    await phone.button("Allow").click();
    await phone.loaded();
    await phone.row("activated").waitFor();
  });

  test("a mini app that was activated by then: a button to try again", async () => {
    phone.expected = /status of 403/;
    await phone.control("PATCH", "/mini-app", { status: "suspended" });
    await phone.control("PATCH", "/device", { locale: "id_ID" });
    await phone.visit();
    await phone.button("Buka Warung").click();
    await phone.button("Aktifkan dan buka").waitFor();
    await phone.control("PATCH", "/mini-app", { status: "active" });
    await phone.button("Coba lagi").click();
    await phone.button("Jangan izinkan").click(); // the reason of the refusal is Indonesian on an Indonesian phone
    await phone.page.getByText("Warung tidak dapat digunakan tanpa lokasi").waitFor();
  });

  test("an offline phone: it waits for the connection and opens automatically", async () => {
    await phone.control("PATCH", "/device", { online: false });
    await phone.visit();
    await phone.button("Open Warung").click();
    await phone.page.getByRole("heading", { name: "No internet connection" }).waitFor();
    await phone.control("PATCH", "/device", { online: true });
    await phone.button("Allow").click();
    await phone.loaded();
  });

  test("an offline phone on which the mini app is opened anyway", async () => {
    await phone.open(); // an answer to the consent sheet needs a connection, so the consents are given before
    await phone.button("Close").click();
    await phone.control("PATCH", "/device", { online: false });
    await phone.button("Open Warung").click();
    await phone.button("Open anyway").click();
    await phone.loaded();
    await phone.call("getAuthCode");
    assert.equal((await phone.result()).error.code, 401);
  });

  test("the home without a frame when the mini app is closed", async () => {
    await phone.open();
    await phone.button("Close").click();
    await phone.button("Open Warung").waitFor();
    assert.equal(await phone.page.locator("iframe").count(), 0);
    await phone.button("Open Warung").and(phone.page.locator(":focus")).waitFor();
  });

  test("on the back gesture: the mini app's own page first, then the home", async () => {
    await phone.open();
    await phone.frame().getByRole("link", { name: "Second page" }).click();
    await phone.frame().getByRole("heading", { name: "Second page" }).waitFor();
    await phone.button("Back").click();
    await phone.frame().getByRole("heading", { name: "Warung" }).waitFor();
    await phone.button("Back").click();
    await phone.button("Open Warung").waitFor();
    assert.equal(phone.page.url(), phone.selasar.simulator);
  });
});

describe("the page shows a lost", () => {
  let browser;
  before(async () => {
    browser = await openBrowser();
  });
  after(() => browser.close());

  test("server of the mini app: the picture, and the page after it is back", async () => {
    const shop = createServer((_, response) => response.writeHead(200, { "Content-Type": "text/html" }).end("<h1>Here again</h1>"));
    await new Promise((resolve) => shop.listen(0, "127.0.0.1", resolve));
    const { port } = shop.address();
    await new Promise((resolve) => shop.close(resolve));
    const selasar = await startUnanswered(`http://127.0.0.1:${port}`);
    const page = await openPage(browser);
    try {
      await page.goto(selasar.simulator);
      await page.getByRole("button", { name: /^Open / }).click();
      await page.getByRole("button", { name: "Allow", exact: true }).click();
      await page.frameLocator("iframe").getByText(`Nothing answers at http://127.0.0.1:${port}`).waitFor();
      await new Promise((resolve) => shop.listen(port, "127.0.0.1", resolve));
      await page.frameLocator("iframe").getByRole("heading", { name: "Here again" }).waitFor();
    } finally {
      await page.close();
      await selasar.stop();
      shop.closeAllConnections();
      await new Promise((resolve) => shop.close(resolve));
    }
  });

  test("selasar itself: a message, and it opens automatically after the restart", async () => {
    const selasar = await startSelasar();
    const page = await openPage(browser);
    await page.goto(selasar.simulator);
    await page.getByRole("button", { name: "Open Warung" }).waitFor();
    await selasar.stop();
    await page.getByText("Connection to the server lost. Reconnecting…").waitFor();
    await page.getByRole("button", { name: "Open Warung" }).click();
    await page.getByRole("heading", { name: "selasar dev is not running" }).waitFor();
    const again = await startSelasar(undefined, "--listen", new URL(selasar.simulator).host, "--app-listen", new URL(selasar.app).host);
    await page.getByRole("button", { name: "Allow", exact: true }).click();
    await page.frameLocator("iframe").locator("body[data-ready]").waitFor();
    await page.close();
    await again.stop();
  });
});
