import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { openBrowser, openStrictPage } from "../support/browser.mjs";
import { startSelasar } from "../support/selasar.mjs";
import { openGate } from "./gate.mjs";
import { context, openKopi } from "./shopper.mjs";
import { balance, newest, notified } from "../support/journal.mjs";

const kopi = fileURLToPath(new URL("../../examples/kopi", import.meta.url));
const endings = [];
after(async () => {
  for (const end of endings.reverse()) await end();
});

// kopi is started separately, because a killed platform also ends the processes that it has started.
test("a notification reaches kopi even if Selasar is killed after the payment", async () => {
  const folder = await mkdtemp(join(tmpdir(), "selasar-killed-"));
  endings.push(() => rm(folder, { recursive: true, force: true }));
  const seat = await keepPort(); // Selasar reports itself ready once the backend answers, but kopi needs its credentials first
  const port = seat.port;
  const backend = `http://127.0.0.1:${port}`;
  const gate = await openGate(backend);
  endings.push(() => gate.close());
  const manifest = JSON.parse(await readFile(join(kopi, "miniapp.json"), "utf8"));
  await writeFile(
    join(folder, "miniapp.json"),
    JSON.stringify({ ...manifest, dev: { url: backend }, notification_url: `${gate.url}/v1.0/debit/notify` }),
  );
  const start = (...flags) => startSelasar(folder, "--data", join(folder, "data"), ...flags);

  let selasar = await start();
  endings.push(() => selasar.stop());
  await seat.free();
  await startKopi(folder, port, selasar);
  await selasar.control("PATCH", "/answers", { consent: "allow" });
  const browser = await openBrowser();
  endings.push(() => browser.close());
  const page = await openStrictPage(browser, context);
  // The page cannot ask its backend, so kopi learns of the payment by notifications only. The route is there before the frame, which
  // has a process of its own: a route that comes while that starts may miss it.
  await page.route(/\/api\/orders\/K-\d+$/, () => {});
  const person = await openKopi(page, selasar);
  await person.order();
  await person.pay();
  await person.result("success");
  const { reference_no } = await newest(selasar);
  await gate.hears("taken", "03"); // the payment was made; its notification waits for a response, and the next one waits for it
  await selasar.kill();

  const orders = async () => (await person.page.context().request.get(`${backend}/api/orders`)).json();
  assert.equal((await orders())[0].state, "created");
  gate.shut = false;
  const { host } = new URL(selasar.api);
  selasar = await start("--listen", host);
  await selasar.control("POST", "/clock", { advance: "10m" }); // the interrupted try counts as failed after its time-out
  const passed = await gate.hears("passed", "00");
  assert.equal(passed.answered, 200);
  await notified(selasar, reference_no, "SUCCESS");

  const [order] = await orders();
  assert.deepEqual([order.state, order.heard, order.payment.reference_no], ["paid", "paid", reference_no]);
  const first = gate.taken.filter(({ status }) => status === "03");
  assert.ok(first.length > 1 && first.every(({ id }) => id === first[0].id), "a retried notification keeps its id");
  assert.deepEqual([...new Set(gate.passed.map(({ status }) => status))], ["03", "00"], "at least once, and in order");
  const paid = await newest(selasar);
  assert.equal(paid.state, "paid");
  assert.ok(paid.proved_at > 0);
  assert.equal(await balance(selasar), "232000.00");
});

/** Answers 503 at a port until the port is needed. */
async function keepPort() {
  const server = createServer((_, response) => response.writeHead(503).end()).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: server.address().port,
    async free() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

/** Builds kopi and starts it with the credentials of a platform. */
async function startKopi(folder, port, selasar) {
  const path = join(folder, "kopi");
  await promisify(execFile)("go", ["build", "-o", path, "."], { cwd: kopi });
  const set = await selasar.control("GET", "/credentials");
  const child = spawn(path, {
    stdio: ["ignore", "ignore", "pipe"],
    env: {
      ...process.env,
      PORT: String(port),
      SELASAR_API_URL: selasar.api,
      SELASAR_CLIENT_ID: set.client_id,
      SELASAR_CLIENT_SECRET: set.client_secret,
      SELASAR_POP_ID: set.pop_id,
      SELASAR_NOTIFICATION_PUBLIC_KEY: set.notification_public_key,
      SELASAR_SNAP_CLIENT_KEY: set.snap.client_key,
      SELASAR_SNAP_CLIENT_SECRET: set.snap.client_secret,
      SELASAR_SNAP_PRIVATE_KEY: set.snap.private_key,
      SELASAR_SNAP_PARTNER_ID: set.snap.partner_id,
      SELASAR_SNAP_CHANNEL_ID: set.snap.channel_id,
    },
  });
  endings.push(() => child.kill());
  await new Promise((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`kopi ended with ${code}`)));
    createInterface({ input: child.stderr }).on("line", (line) => line.includes("listens on") && resolve());
  });
}
