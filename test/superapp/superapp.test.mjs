// A user of the super app of the examples: login, consent, payment, logout. The mini app is on another site.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { openBrowser, openStrictPage } from "../support/browser.mjs";
import { sound } from "../simulator/sound.mjs";
import { startPlatform } from "./platform.mjs";

let platform, browser, page, expected;
before(async () => {
  [platform, browser] = await Promise.all([startPlatform(), openBrowser()]);
});
after(async () => {
  await browser?.close();
  await platform?.stop();
});
beforeEach(async () => {
  page = await openStrictPage(browser, { viewport: { width: 390, height: 844 }, colorScheme: "light" });
  expected = /401/; // the page asks who is logged in
});
afterEach(async () => {
  const problems = page.problems.filter((problem) => !expected.test(problem));
  await page.context().close();
  assert.deepEqual(problems, []);
});

const press = (name) => page.getByRole("button", { name, exact: true }).click();
const dialog = (name) => page.getByRole("dialog", { name }).waitFor();
const toko = () => page.frameLocator("iframe");

/** Saves a picture of the page, if SELASAR_PICTURES names a folder. */
const picture = (name) => process.env.SELASAR_PICTURES && page.screenshot({ path: `${process.env.SELASAR_PICTURES}/${name}.png` });

async function logIn(name, password) {
  await page.goto(platform.url);
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("Password").fill(password);
  await press("Log in");
}

/** Logs in, opens toko, and allows its consent if the user has not decided yet. */
async function openToko(name, password) {
  await logIn(name, password);
  await press("Toko");
}

test("a user logs in, consents, pays, and the mini app's backend gets the notification", async () => {
  await openToko("sari", "kopi-susu-hangat");
  await dialog(/^Allow Toko to use /);
  await sound(page);
  await picture("consent");
  await press("Allow");
  await toko().getByRole("button", { name: "Teh melati · Rp15.000" }).click();
  await toko().getByRole("button", { name: "Bayar di GoPay" }).click();
  await dialog("Pay Toko");
  await page.emulateMedia({ colorScheme: "dark" });
  await sound(page);
  await picture("payment");
  await press("Pay");
  await toko().locator('#order[data-state="paid"]').waitFor();
  await toko().locator("#heard", { hasText: "sudah dibayar" }).waitFor();
  await picture("paid");
  const { balance } = await platform.selasar.operator("GET", "/admin/v1/users/sari");
  assert.equal(balance.value, "235000.00");

  await press("Close");
  await sound(page);
  await picture("home");
  await press("Withdraw Toko: profile");
  await page.getByText("What you share").waitFor({ state: "hidden" });
  const seen = await platform.follow("Look at what happened");
  for (const part of [/"state":"paid"/, /"delivered"/, /credentials\.revealed/, /"state":"revoked"/, /consents\.withdrawn/])
    assert.match(seen, part);
});

test("a declined consent opens the mini app without it; logout ends the session and the launch", async () => {
  await openToko("budi", "teh-manis-dingin");
  await dialog(/^Allow Toko to use /);
  await page.keyboard.press("Escape");
  await toko().getByRole("button", { name: "Teh melati · Rp15.000" }).waitFor();
  const [cookie] = await page.context().cookies();
  assert.deepEqual([cookie.httpOnly, cookie.sameSite], [true, "Lax"]);
  await press("Log out");
  await page.getByRole("heading", { name: "Log in" }).waitFor();
  assert.equal(await page.locator("iframe").count(), 0);
  const headers = { Cookie: `${cookie.name}=${cookie.value}` };
  assert.equal((await fetch(platform.local("/api/me"), { headers })).status, 401);
});

test("the super app refuses wrong passwords, other sites and requests without a session, and tells the page no key", async () => {
  expected = /401|403|429/;
  await logIn("sari", "wrong");
  await page.getByRole("alert").getByText("the name or the password is wrong").waitFor();
  await sound(page);
  const post = (path, headers, body = {}) => fetch(platform.local(path), { method: "POST", headers, body: JSON.stringify(body) });
  const login = { name: "budi", password: "teh-manis-dingin" };
  assert.equal((await post("/api/login", { Origin: "http://stranger.example" }, login)).status, 403);
  assert.equal((await post("/api/launches", {}, { mini_app_id: "toko" })).status, 401);
  const { headers } = await post("/api/login", {}, login);
  const Cookie = headers.get("set-cookie").split(";")[0];
  const launch = await (await post("/api/launches", { Cookie }, { mini_app_id: "toko", user_id: "sari" })).text();
  assert.match(launch, /"token":/);
  assert.doesNotMatch(launch, /sak_|sari/);
  for (let tries = 0; tries < 5; tries++) await post("/api/login", {}, { name: "budi", password: "wrong" });
  assert.equal((await post("/api/login", {}, login)).status, 429);
});
