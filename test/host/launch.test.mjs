// A launch of the operator's backend, opened by a page of another site than Selasar and the mini app.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { openSite } from "../bridge/support/site.mjs";
import { frameAt, openBrowser, openPage } from "../support/browser.mjs";
import { startServe } from "../support/serve.mjs";

const device = { os: "android", app_version: "2.45.0" };

let browser, site, selasar, host, requests;
before(async () => {
  site = await openSite();
  const superApp = site.url("", "super.example");
  [browser, selasar] = await Promise.all([openBrowser(), startServe("--host-origin", superApp)]);
  const entry = `/app.html?${encodeURIComponent(JSON.stringify({ hostOrigins: [superApp] }))}`;
  const manifest = { id: "kopi", name: "Kopi", generation: "webview", entry, consents: [{ name: "profile", mandatory: true }] };
  await selasar.operator("POST", "/admin/v1/mini-apps", { origin: site.url(), manifest });
  await selasar.operator("PUT", "/admin/v1/mini-apps/kopi/permissions", { consents: ["profile"], jsapis: [{ name: "getAuthCode" }] });
  await selasar.operator("POST", "/admin/v1/mini-apps/kopi/versions/1/approve", { reason: "reviewed" });
  for (const user of ["sari", "budi"]) await selasar.operator("PUT", `/admin/v1/users/${user}`, { name: user });
});
after(async () => {
  await browser?.close();
  await selasar?.stop();
  await site?.close();
});
beforeEach(async () => {
  requests = [];
  host = await openPage(browser);
  host.on("request", (request) => requests.push(`${request.method()} ${new URL(request.url()).pathname}`));
});
afterEach(async () => {
  assert.deepEqual(host.problems, []);
  await host.close();
});

async function visit(name) {
  await host.goto(site.url("/host.html", name));
  await host.waitForFunction("window.open1");
}

const newLaunch = (user_id) => selasar.operator("POST", "/admin/v1/launches", { mini_app_id: "kopi", user_id, device });
const open = (launch, more) =>
  host.evaluate(
    ([options]) =>
      open1(options).then(
        () => "opened",
        ({ name, code }) => `${name} ${code}`,
      ),
    [{ api: selasar.url, launch, ...more }],
  );
const decide = async (value) => {
  await host.waitForFunction("asks.length > 0");
  return host.evaluate((value) => {
    const { ask, resolve } = asks.shift();
    resolve(value);
    return ask;
  }, value);
};

/** Waits until the operator API shows that a launch has ended, and returns it. */
async function ended({ launch_id }) {
  for (;;) {
    const launch = await selasar.operator("GET", `/admin/v1/launches/${launch_id}`);
    if (launch.state === "ended") return launch;
  }
}

test("the operator's launch runs in a page of another site: sheet, page, call, and an end when the page is left", async () => {
  await visit("super.example");
  const launch = await newLaunch("sari");
  assert.equal(await open(launch), "opened");
  const ask = await decide({ answer: "allow" });
  assert.deepEqual([ask.kind, ask.app.name, ask.consents[0].name], ["consent", "Kopi", "profile"]);
  const frame = await frameAt(host, site.url("/app.html"));
  await frame.waitForFunction("window.sdk");
  const { success, data } = await frame.evaluate("sdk.getAuthCode()");
  assert.deepEqual([success, data.authCode.length], [true, 64]);
  assert.ok(!requests.includes("POST /host/v1/launches"), "the page opens no launch of its own");
  await host.goto("about:blank");
  assert.equal((await ended(launch)).reason, "user_closed");
});

test("a page of an origin that the operator did not name cannot use a launch", async () => {
  await visit("stranger.example");
  assert.equal(await open(await newLaunch("budi")), "opened");
  const problems = [];
  for (let tries = 0; tries < 3; tries++) problems.push((await decide({ answer: "allow" })).problem?.code);
  assert.deepEqual(problems, [undefined, "unreachable", "unreachable"]);
  await host.waitForFunction("session.state === 'ended'");
  assert.equal(await host.evaluate("session.ending.reason"), "unreachable");
  assert.equal(await host.evaluate("frame.getAttribute('src')"), null);
});

test("a value that is no launch of an operator is refused, and nothing is requested", async () => {
  await visit("super.example");
  const app = { id: "kopi", name: "Kopi", origin: site.url() };
  const launch = { launch_id: "l", token: "t", state: "open", entry_url: site.url("/app.html"), app };
  for (const [value, more] of [
    [{}],
    ["l"],
    [{ ...launch, token: undefined }],
    [{ ...launch, launch_id: 7 }],
    [{ ...launch, app: { id: "kopi" } }],
    [{ error: { code: "forbidden" } }],
    [launch, { miniAppId: "kopi" }],
    [launch, { path: "/orders" }],
  ]) {
    assert.equal(await open(value, more), "HostError bad_launch", JSON.stringify(value));
  }
  assert.deepEqual(
    requests.filter((one) => one.includes("/host/v1/")),
    [],
  );
});

test("a launch whose entry is on another origin than its mini app is not opened", async () => {
  await visit("super.example");
  const launch = await newLaunch("budi");
  const foreign = { ...launch, state: "open", ask: undefined, entry_url: "http://elsewhere.example/" };
  assert.equal(await open(foreign), "HostError entry_foreign");
});
