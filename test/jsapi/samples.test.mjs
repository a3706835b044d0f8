// The samples of the documentation's JSAPI page, in their forms: each is a separate module with the documented import and
// constructor, bundled for development and for production, and run unchanged. The test checks its log.
import assert from "node:assert/strict";
import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { after, describe, test } from "node:test";
import { build } from "esbuild";
import { usePhone } from "../simulator/phone.mjs";

const builds = { development: false, production: true };
const target = await mkdtemp(join(tmpdir(), "selasar-samples-"));
after(() => rm(target, { recursive: true, force: true }));

/** The tests' mini app with the samples, and the SDK installed under its old name. */
async function prepare() {
  await cp("test/jsapi/app", target, { recursive: true });
  const scope = join(target, "node_modules/@gopay");
  await mkdir(scope, { recursive: true });
  await symlink(resolve("internal/webui/sdk/miniapp-client"), join(scope, "miniapp-client"));
  await writeFile(join(target, "plain.html"), '<!doctype html><title>a plain tab</title><link rel="icon" href="/icon.svg">');
  await cp("test/jsapi/samples", join(target, "samples"), { recursive: true });
  const samples = (await readdir(join(target, "samples"))).map((file) => join(target, "samples", file));
  for (const [name, production] of Object.entries(builds)) {
    await build({
      entryPoints: samples,
      outdir: join(target, name),
      bundle: true,
      format: "esm",
      define: { "import.meta.env.PROD": String(production) },
    });
  }
  return samples.map((file) => basename(file, ".js"));
}
const samples = await prepare();

/** Runs a sample in a document with the given body and globals; resolves with its log. */
async function run(page, body, sample, built, given = {}) {
  const start = async (_, [url, globals]) => {
    Object.assign(window, globals);
    await import(url);
  };
  const [logged] = await Promise.all([
    page.waitForEvent("console", (message) => message.type() === "log"),
    body.evaluate(start, [`/${built}/${sample}.js?${Math.random()}`, given]),
  ]);
  return Promise.all(logged.args().map((value) => value.jsonValue()));
}

describe("the samples of the documentation's JSAPI page", () => {
  const phone = usePhone({ target });
  /** In the simulator both builds log the same. */
  const both = async (sample, given) => {
    const all = [];
    for (const built of Object.keys(builds)) all.push(await run(phone.page, phone.frame().locator("body"), sample, built, await given?.()));
    return all;
  };
  const calls = async (method) => {
    const { entries } = await phone.control("GET", "/journal?limit=1000");
    return entries.filter(({ kind, title }) => kind === "call" && title === method).length;
  };

  test("log in: the journal has the call of both builds", async () => {
    await phone.open();
    for (const [authCode] of await both("login")) assert.match(authCode, /^[0-9A-Za-z]{64}$/);
    assert.equal(await calls("getAuthCode"), 2);
  });

  test("open a deeplink, and get an error for another", async () => {
    await phone.open();
    await phone.control("PATCH", "/answers", { deeplink: "open" });
    assert.deepEqual(await both("deeplink", () => ({ deeplink: "gopay://home" })), [["opened"], ["opened"]]);
    for (const [message] of await both("deeplink", () => ({ deeplink: "gopay://elsewhere" })))
      assert.match(message, /^Permission denied: /);
  });

  for (const [status, words] of [
    ["success", "paid"],
    ["cancelled", "cancelled by the user"],
    ["failed", "could not be processed"],
    ["pending", "left unfinished"],
  ]) {
    test(`pay, and get the status ${words}`, async () => {
      await phone.open();
      await phone.control("PATCH", "/answers", { payment: status });
      assert.deepEqual(await both("payment", () => phone.control("POST", "/payments", { amount: 15000 })), [[words], [words]]);
    });
  }

  test("ask for a consent and use it", async () => {
    await phone.open();
    for (const [{ consent, latitude, time }] of await both("consent")) {
      assert.deepEqual([consent, latitude], ["location", -6.1754]);
      assert.ok(Math.abs(time - Date.now()) < 60_000, "time is in ms since the epoch");
    }
  });

  test("read the device and the network", async () => {
    await phone.open();
    const device = [{ brand: "samsung", os: 1, ssid: "Kantor" }];
    assert.deepEqual(await both("device"), [device, device]);
  });

  test("get a bank account token", async () => {
    await phone.open();
    assert.deepEqual(await both("bank"), [
      ["string", undefined],
      ["string", undefined],
    ]);
  });

  test("run in a plain tab: on the dummy in development, without a host in production", async () => {
    await phone.page.goto(new URL("/plain.html", phone.selasar.app).href);
    const given = { deeplink: "gopay://merchanttransfer?tref=A1" };
    const body = phone.page.locator("body");
    const said = {};
    for (const sample of samples) said[sample] = await run(phone.page, body, sample, "development", given);
    const {
      login: [authCode],
      consent: [{ consent }],
      ...others
    } = said;
    assert.match(authCode, /^[0-9A-Za-z]{64}$/);
    assert.equal(consent, "location");
    assert.deepEqual(others, {
      bank: ["string", undefined],
      deeplink: ["opened"],
      device: [{ brand: "Selasar", os: 1, ssid: "Selasar" }],
      payment: ["paid"],
    });
    for (const sample of ["login", "deeplink", "payment"]) {
      assert.match((await run(phone.page, body, sample, "production", given))[0], /^Method not supported: no host, /);
    }
    assert.equal(await calls("getAuthCode"), 0);
  });
});
