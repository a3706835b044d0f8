// The frame stands for a WebView: what the page may use, what keeps it from being shown, and what it leaves behind.
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { openBrowser, openPage } from "../support/browser.mjs";
import { startSelasar } from "../support/selasar.mjs";

const page = (body) => `<!doctype html><html lang="en"><head><title>Cam</title></head><body>${body}</body></html>`;
const good = page(`<h1>Cam</h1><a href="https://other.example/x">out</a>`);

let answer = (_request, response) => response.end(good);
let server, folder, selasar, browser, context, tab;

const manifest = (id) => ({
  id,
  name: "Cam",
  generation: "webview",
  consents: [{ name: "camera" }, { name: "location" }],
  dev: { url: `http://127.0.0.1:${server.address().port}` },
});

before(async () => {
  server = createServer((request, response) => {
    response.setHeader("Content-Type", "text/html");
    answer(request, response);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  folder = await mkdtemp(join(tmpdir(), "selasar-cam-"));
  await writeFile(join(folder, "miniapp.json"), JSON.stringify(manifest("cam")));
  selasar = await startSelasar(folder);
  browser = await openBrowser("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream");
  context = await browser.newContext({ locale: "en-GB", geolocation: { latitude: -6, longitude: 106 }, permissions: ["geolocation"] });
});
after(async () => {
  await browser?.close();
  await selasar?.stop();
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true, force: true });
});

/** Opens the mini app in a new tab, with this answer to its consent sheet. */
async function open(consent = "Allow", respond = (_request, response) => response.end(good)) {
  await tab?.close();
  answer = respond;
  await selasar.control("POST", "/reset", {});
  tab = await openPage(context);
  await tab.goto(selasar.simulator);
  await tab.getByRole("button", { name: "Open Cam" }).click();
  await tab.getByRole("button", { name: consent, exact: true }).click();
}

const frame = () => tab.frameLocator("iframe");
const inPage = (code, arg) => frame().locator("body").evaluate(code, arg);
const troubles = async () =>
  (await selasar.control("GET", "/journal")).entries.filter(({ event }) => event === "page.trouble").map(({ detail }) => detail);

/** Waits until the journal has a trouble of this reason. */
async function trouble(reason) {
  for (;;) {
    const found = (await troubles()).find((one) => one.reason === reason);
    if (found) return found;
  }
}

const camera = () =>
  navigator.mediaDevices.getUserMedia({ video: true }).then(
    (stream) => stream.getVideoTracks().length,
    (error) => error.name,
  );
const place = () =>
  new Promise((resolve) =>
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve(coords.latitude),
      ({ code }) => resolve(`code ${code}`),
    ),
  );

describe("the frame's features", () => {
  test("follow the consents, also while the page is open", async () => {
    await open("Don't allow");
    await frame().getByRole("heading", { name: "Cam" }).waitFor();
    assert.equal(await inPage(camera), "NotAllowedError");
    assert.equal((await trouble("no_consent")).feature, "camera");
    assert.equal(await inPage(place), "code 1");
    await selasar.control("PATCH", "/consents", { name: "camera", state: "given" });
    await selasar.control("PATCH", "/consents", { name: "location", state: "given" });
    assert.equal(await inPage(camera), 1);
    assert.equal(await inPage(place), -6);
    await selasar.control("PATCH", "/consents", { name: "camera", state: "revoked" });
    assert.equal(await inPage(camera), "NotAllowedError");
    assert.equal(await inPage(() => navigator.mediaDevices.getUserMedia({ audio: true }).catch(({ name }) => name)), "NotAllowedError");
    assert.equal((await trouble("no_feature")).feature, "microphone");
  });
});

describe("a page that cannot be shown", () => {
  test("a link to another origin gets a cover that names it", async () => {
    await open();
    await frame().getByRole("link", { name: "out" }).click();
    await tab.getByRole("heading", { name: "Cam cannot open another site" }).waitFor();
    await tab.getByText("https://other.example").first().waitFor();
    assert.equal((await trouble("foreign_origin")).origin, "https://other.example");
    await tab.getByRole("button", { name: "Try again" }).click();
    await frame().getByRole("heading", { name: "Cam" }).waitFor();
  });

  test("an entry that answers 500, and one that throws and shows nothing", async () => {
    await open("Allow", (_request, response) => response.writeHead(500).end(page("<h1>Stack trace</h1>")));
    await tab.getByRole("heading", { name: "The server of Cam reports an error" }).waitFor();
    assert.deepEqual(await trouble("error_status"), { reason: "error_status", path: "/", status: 500 });
    await tab.getByRole("button", { name: "Show the page" }).click();
    await frame().getByRole("heading", { name: "Stack trace" }).waitFor();

    await open("Allow", (_request, response) => response.end(page(`<script>throw new Error("no coffee")</script>`)));
    await tab.getByRole("heading", { name: "Cam failed at its start" }).waitFor();
    assert.match((await trouble("threw")).error, /no coffee/);

    // A page that shows something stays visible; the journal has the error anyway.
    await open("Allow", (_request, response) => response.end(page(`<h1>Cam</h1><script>throw new Error("no milk")</script>`)));
    assert.match((await trouble("threw")).error, /no milk/);
    assert.equal(await tab.getByRole("heading", { name: "Cam failed at its start" }).count(), 0);
  });

  test("an entry that is slow is covered until it answers", async () => {
    let reply;
    await open("Allow", (_request, response) => (reply = () => response.end(good)));
    await tab.getByRole("heading", { name: "Cam does not answer yet" }).waitFor();
    assert.equal((await trouble("slow")).path, "/");
    reply();
    await frame().getByRole("heading", { name: "Cam" }).waitFor();
    await tab.getByRole("heading", { name: "Cam does not answer yet" }).waitFor({ state: "detached" });
  });
});

test("a reload of the simulator opens the same page again", async () => {
  await open("Allow", (request, response) => response.end(page(`<h1>${request.url}</h1>`)));
  await frame().getByRole("heading", { name: "/" }).waitFor();
  await inPage(() => history.pushState(null, "", "/orders?id=7"));
  await inPage(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await tab.reload();
  await frame().getByRole("heading", { name: "/orders?id=7" }).waitFor();
});

test("a page that never returns does not stop the simulator", async () => {
  await open();
  await frame().getByRole("heading", { name: "Cam" }).waitFor();
  const busy = inPage(() => {
    for (const end = performance.now() + 6_000; performance.now() < end; );
  });
  await new Promise((started) => setImmediate(started));
  const began = performance.now();
  await tab.getByRole("button", { name: "Close" }).first().focus();
  assert.ok(performance.now() - began < 5_000);
  await busy.catch(() => {});
});

test("nothing of one mini app reaches the next on the same port", async () => {
  const ports = ["--listen", new URL(selasar.simulator).host, "--app-listen", new URL(selasar.app).host];
  await open("Allow", (request, response) => {
    if (request.url === "/sw.js") {
      response.setHeader("Content-Type", "text/javascript");
      return response.end(
        `addEventListener("fetch", (e) => e.request.mode === "navigate" && e.respondWith(new Response("<h1>of A</h1>", { headers: { "Content-Type": "text/html" } })))`,
      );
    }
    response.setHeader("Set-Cookie", ["server=a; Path=/; Secure; SameSite=None; Partitioned"]);
    return response.end(good);
  });
  await frame().getByRole("heading", { name: "Cam" }).waitFor();
  await inPage(async () => {
    localStorage.setItem("a", "1");
    // biome-ignore lint/suspicious/noDocumentCookie: mini apps do so
    document.cookie = "script=a; path=/";
    await navigator.serviceWorker.register("/sw.js");
    await navigator.serviceWorker.ready;
  });
  await context.addCookies([{ name: "project", value: "other", url: selasar.app }]); // of the developer's other projects
  await tab.close();
  await selasar.stop();
  await writeFile(join(folder, "miniapp.json"), JSON.stringify(manifest("other")));
  selasar = await startSelasar(folder, ...ports);
  let cookies;
  await open("Allow", (request, response) => {
    cookies ??= request.headers.cookie;
    response.end(page("<h1>of B</h1>"));
  });
  await frame().getByRole("heading", { name: "of B" }).waitFor();
  assert.equal(await inPage(() => localStorage.getItem("a")), null);
  assert.equal(cookies, "project=other");
});
