// The course of a session: consent, page, asks, events, end.
import assert from "node:assert/strict";
import { test } from "node:test";
import { frameAt } from "../support/browser.mjs";
import { until } from "../support/until.mjs";
import { answer, app, consentAsk, host, lastState, miniApp, nextAsk, open, paymentAsk, selasar, soon, success } from "./support/host.mjs";

test("a launch that needs consent shows the sheet first, and loads the page after the answer", async () => {
  selasar.script.launch = () => ({ state: "consent", ask: consentAsk("ask-1") });
  selasar.script.answer = () => ({ launch_id: "launch-1", state: "open", entry_url: selasar.entryUrl });
  await open();
  assert.deepEqual(await lastState(), ["consent", undefined]);
  assert.deepEqual(
    (await nextAsk()).consents.map(({ name }) => name),
    ["location"],
  );
  assert.equal(await host.evaluate("frame.getAttribute('src')"), null);
  await answer({ answer: "allow", consents: ["location"] });
  const frame = await miniApp();
  assert.equal((await frame.evaluate("sdk.getLocation()")).success, true);
  assert.deepEqual(selasar.answers, [{ id: "ask-1", answer: { answer: "allow", consents: ["location"] }, over: "http" }]);
  assert.equal(await frame.evaluate("window.name"), "selasar-host");
});

for (const [how, settle] of [
  ["declines", "entry.resolve({ answer: 'decline' })"],
  ["closes the sheet", "entry.reject(new Error('closed'))"],
  ["says nothing", "entry.resolve(undefined)"],
]) {
  test(`a person who ${how} refuses the launch, and the page is never loaded`, async () => {
    selasar.script.launch = () => ({ state: "consent", ask: consentAsk("ask-1") });
    selasar.script.answer = (_ask, { answer }) => ({
      launch_id: "launch-1",
      state: answer === "decline" ? "refused" : "open",
      reason: "consent_declined",
      message: "location is mandatory",
      entry_url: "",
    });
    await open();
    await nextAsk();
    while (selasar.sockets.size === 0) await host.evaluate("0");
    await host.evaluate(settle);
    await host.waitForFunction("session.state === 'refused'");
    assert.deepEqual(await host.evaluate("session.ending"), { reason: "consent_declined", message: "location is mandatory" });
    assert.equal(await host.evaluate("frame.getAttribute('src')"), null);
    while (selasar.sockets.size > 0) await host.evaluate("0"); // after the last socket closes, no message can arrive
  });
}

test("an answer without a mandatory consent gets the ask again, with the problem", async () => {
  selasar.script.launch = () => ({ state: "consent", ask: consentAsk("ask-1") });
  selasar.script.answer = (_ask, { consents }) =>
    consents
      ? { error: { code: "answer_invalid", message: "location is mandatory" } }
      : { launch_id: "launch-1", state: "open", entry_url: selasar.entryUrl };
  await open();
  assert.equal((await nextAsk()).problem, undefined);
  await answer({ answer: "allow", consents: [] });
  assert.deepEqual((await nextAsk()).problem, { code: "answer_invalid", message: "location is mandatory" });
  await answer({ answer: "allow" });
  await miniApp();
});

test("an expired consent sheet is replaced by the next one", async () => {
  selasar.script.launch = () => ({ state: "consent", ask: consentAsk("ask-1"), asks: [consentAsk("ask-2")] });
  selasar.script.answer = () => ({ launch_id: "launch-1", state: "open", entry_url: selasar.entryUrl });
  await open();
  assert.equal((await nextAsk()).id, "ask-1");
  while (selasar.sockets.size === 0) await host.evaluate("0");
  selasar.emit("ask_closed", { ask_id: "ask-1", reason: "expired" });
  await host.waitForFunction("entry.ended === 'closed'");
  assert.equal((await nextAsk()).id, "ask-2");
  await answer({ answer: "allow" });
  await miniApp();
});

test("a refused launch reports the reason and opens nothing", async () => {
  selasar.script.launch = () => ({ state: "refused", reason: "consent_declined" });
  await open();
  assert.deepEqual(await lastState(), ["refused", "consent_declined"]);
  assert.equal(selasar.sockets.size, 0);
});

test("an entry on another origin is refused", async () => {
  selasar.script.launch = () => ({ entry_url: "javascript:parent.bad=1", state: "open" });
  assert.match(await host.evaluate("open1().catch((error) => error.code)"), /entry_foreign/);
  await host.waitForFunction("true");
  assert.equal(await host.evaluate("window.bad ?? null"), null);
});

test("an unreachable Selasar rejects with a reason", async () => {
  selasar.crash();
  const { code, message } = await host.evaluate("open1().catch(({ code, message }) => ({ code, message }))");
  assert.equal(code, "unreachable");
  assert.match(message, /Selasar does not answer at http:\/\/localhost:\d+/);
});

test("a payment beyond the balance leaves the sheet open: the same ask returns with its problem", async () => {
  selasar.script.call = () => ({ ask: paymentAsk("ask-1") });
  selasar.script.answer = (_ask, { answer }) =>
    answer === "success" ? { error: { code: "insufficient_funds", message: "Rp5.000 left" } } : success({ status: answer });
  await open();
  const frame = await miniApp();
  const paid = frame.evaluate("sdk.triggerPayment({ deeplink: 'gopay://x' })");
  for (let tries = 0; tries < 5; tries++) {
    assert.equal((await nextAsk()).problem?.code, tries ? "insufficient_funds" : undefined);
    await answer({ answer: "success" });
  }
  await nextAsk();
  await answer({ answer: "cancelled" });
  assert.deepEqual((await paid).data, { status: "cancelled" });
});

test("a sheet that is settled elsewhere closes, and the call gets that result", async () => {
  selasar.script.call = () => ({ ask: paymentAsk("ask-1") });
  await open();
  const frame = await miniApp();
  const paid = frame.evaluate("sdk.triggerPayment({ deeplink: 'gopay://x' })");
  await nextAsk();
  selasar.emit("call_settled", { call_id: "call-1", ...success({ status: "pending" }) });
  assert.deepEqual((await paid).data, { status: "pending" });
  assert.equal(await host.evaluate("entry.ended"), "settled");
  assert.deepEqual(selasar.answers, []);
});

test("a late answer gets the result that another client caused", async () => {
  selasar.script.call = () => ({ ask: paymentAsk("ask-1") });
  selasar.script.answer = () => {
    selasar.emit("call_settled", { call_id: "call-1", ...success({ status: "pending" }) });
    return { error: { code: "ask_expired", message: "too late" } };
  };
  await open();
  const frame = await miniApp();
  const paid = frame.evaluate("sdk.triggerPayment({ deeplink: 'gopay://x' })");
  await nextAsk();
  await answer({ answer: "success" });
  assert.deepEqual((await paid).data, { status: "pending" });
});

test("sheets open one after another", async () => {
  let asked = 0;
  selasar.script.call = () => ({ ask: paymentAsk(`ask-${++asked}`) });
  selasar.script.answer = ({ id }) => success({ status: id });
  await open();
  const frame = await miniApp();
  const paid = frame.evaluate("Promise.all([1, 2, 3].map(() => sdk.triggerPayment({ deeplink: 'gopay://x' })))");
  for (const id of ["ask-1", "ask-2", "ask-3"]) {
    assert.equal((await nextAsk()).id, id);
    assert.equal(await host.evaluate("asks.length"), 0);
    await answer({ answer: "success" });
  }
  assert.deepEqual(
    (await paid).map(({ data }) => data.status),
    ["ask-1", "ask-2", "ask-3"],
  );
});

test("a page that reloads during a payment closes the sheet and withdraws the ask: nobody answered", async () => {
  selasar.script.call = () => ({ ask: paymentAsk("ask-1") });
  await open();
  const frame = await miniApp();
  await frame.evaluate("void sdk.triggerPayment({ deeplink: 'gopay://x' })");
  await nextAsk();
  await frame.evaluate("location.reload()").catch(() => {});
  await host.waitForFunction("entry.ended === 'page_gone'");
  while (selasar.withdrawn.length === 0) await host.evaluate("0");
  assert.deepEqual(selasar.withdrawn, ["ask-1"]);
  assert.deepEqual(selasar.answers, []);
});

test("an answer given while the connection is down is sent after the reconnect", async () => {
  selasar.script.call = () => ({ ask: paymentAsk("ask-1") });
  selasar.script.answer = (_ask, { answer }) => success({ status: answer });
  await open();
  selasar.launches.get("launch-1").asks = [paymentAsk("ask-1")];
  const frame = await miniApp();
  const paid = frame.evaluate("sdk.triggerPayment({ deeplink: 'gopay://x' })");
  await nextAsk();
  selasar.crash();
  await host.waitForFunction("errors.includes('unreachable')");
  await answer({ answer: "success" });
  selasar.restart();
  assert.deepEqual((await paid).data, { status: "success" });
});

test("an answer whose reply was lost with the connection is sent again", async () => {
  selasar.script.call = () => ({ ask: paymentAsk("ask-1") });
  selasar.script.answer = (_ask, { answer }) => (selasar.answers.length === 1 ? new Promise(() => {}) : success({ status: answer }));
  await open();
  selasar.launches.get("launch-1").asks = [paymentAsk("ask-1")];
  const frame = await miniApp();
  const paid = frame.evaluate("sdk.triggerPayment({ deeplink: 'gopay://x' })");
  await nextAsk();
  await answer({ answer: "success" });
  while (selasar.answers.length === 0) await host.evaluate("0");
  for (const ws of selasar.sockets) ws.terminate();
  assert.deepEqual((await paid).data, { status: "success" });
  assert.deepEqual(
    selasar.answers.map(({ id, answer }) => [id, answer.answer]),
    [
      ["ask-1", "success"],
      ["ask-1", "success"],
    ],
  );
});

test("an ask that has ended before the reconnect closes its sheet", async () => {
  selasar.script.call = () => ({ ask: paymentAsk("ask-1") });
  await open();
  const frame = await miniApp();
  const paid = frame.evaluate("sdk.triggerPayment({ deeplink: 'gopay://x' })");
  await nextAsk();
  for (const ws of selasar.sockets) ws.terminate();
  await host.waitForFunction("entry.ended === 'closed'");
  assert.equal((await paid).error.code, 401);
});

test("the end of a launch reaches sheet, page and host", async () => {
  selasar.script.call = () => ({ ask: paymentAsk("ask-1") });
  await open();
  const frame = await miniApp();
  const paid = frame.evaluate("sdk.triggerPayment({ deeplink: 'gopay://x' })");
  const heard = frame.evaluate("new Promise((resolve) => sdk.on('launchend', resolve))");
  await nextAsk();
  await frame.evaluate("sdk.isInHost()");
  selasar.emit("launch_ended", { reason: "platform_reset", message: "the platform was reset" });
  assert.equal((await paid).error.code, 203);
  assert.deepEqual(await heard, { reason: "platform_reset", message: "the platform was reset" });
  assert.equal(await host.evaluate("entry.ended"), "launch_ended");
  assert.deepEqual(await lastState(), ["ended", "platform_reset"]);
  assert.equal((await frame.evaluate("sdk.getLocation()")).error.code, 203);
});

test("after a lost connection, the host names the last report that it has seen, and reports go to onEvent", async () => {
  await open();
  await miniApp();
  const hellos = () => selasar.hellos.map(({ after }) => after);
  selasar.emit("job_progress", { call_id: "call-1", data: 50 }, 41);
  selasar.emit("device_changed", {});
  await host.waitForFunction("events.length === 2");
  for (const ws of selasar.sockets) ws.terminate();
  while (hellos().length < 2 || selasar.sockets.size === 0) await host.evaluate("0");
  assert.deepEqual(hellos(), [undefined, 41]);
  assert.deepEqual(await host.evaluate("events.map(({ name, seq }) => [name, seq])"), [
    ["job_progress", 41],
    ["device_changed", undefined],
  ]);
});

test("the host lists the subscriptions and jobs that run", async () => {
  await open();
  const list = { subscriptions: [], jobs: [{ call_id: "call-1", method: "File.save", started_at: 1 }] };
  selasar.script.background = () => list;
  assert.deepEqual(await host.evaluate("session.background()"), list);
});

test("closing ends the launch, empties the frame and settles the sheet", async () => {
  selasar.script.call = () => ({ ask: paymentAsk("ask-1") });
  await open();
  const frame = await miniApp();
  await frame.evaluate("void sdk.triggerPayment({ deeplink: 'gopay://x' })");
  await nextAsk();
  const depth = await host.evaluate("history.length");
  await host.evaluate("Promise.all([session.close(), session.close()])");
  await host.waitForFunction("frame.contentWindow.location.href === 'about:blank'");
  assert.equal(await host.evaluate("history.length"), depth);
  assert.equal(await host.evaluate("entry.ended"), "session_closed");
  assert.equal(selasar.launches.get("launch-1").gone, true);
  assert.deepEqual(await lastState(), ["ended", "session_closed"]);
});

for (const [how, leave] of [
  ["reloaded", () => host.reload()],
  ["left", () => host.goto("about:blank")],
  ["closed", () => host.close()],
]) {
  test(`a host page that is ${how} ends its launches`, async () => {
    selasar.script.call = () => ({ ask: paymentAsk("ask-1") });
    await open();
    await open();
    const frame = await miniApp();
    await frame.evaluate("void sdk.triggerPayment({ deeplink: 'gopay://x' })");
    await nextAsk();
    await leave();
    const launches = [...selasar.launches.values()];
    while (!launches.every(({ gone }) => gone)) await new Promise(setImmediate);
    assert.equal(launches.length, 2);
    assert.deepEqual(selasar.answers, []);
  });
}

test("an ask for the device does not wait for a sheet, and without an answer it is unavailable", async () => {
  selasar.script.call = (method) => ({
    ask: method === "getLocation" ? { id: "ask-2", kind: "location", expires_at: soon() } : paymentAsk("ask-1"),
  });
  selasar.script.answer = (_ask, { answer }) => ({ result: { success: false, data: null, error: { code: 400, message: answer } } });
  await open();
  const frame = await miniApp();
  await frame.evaluate("void sdk.triggerPayment({ deeplink: 'gopay://x' })");
  await nextAsk();
  const located = frame.evaluate("sdk.getLocation()");
  assert.equal((await nextAsk()).kind, "location");
  await answer(undefined);
  assert.equal((await located).error.message, "unavailable");
});

test("another page of the launch has its own frame and connection, and leaves alone", async () => {
  selasar.script.call = (method) => ({ result: { success: true, data: method, error: null } });
  await open();
  const first = await miniApp();
  await first.evaluate("sdk.getLocation()");
  await host.evaluate((path) => {
    window.upper = document.body.appendChild(document.createElement("iframe"));
    window.page = session.openPage({ frame: upper, path, onPage: (state) => pages.push(`upper ${state}`) });
  }, "/app.html#upper");
  const upper = await frameAt(host, app.url("/app.html#upper"));
  await upper.waitForFunction("window.sdk");
  assert.equal((await upper.evaluate("sdk.getLocation()")).success, true);
  const [one, other] = selasar.received.map(({ page }) => page);
  assert.deepEqual(await host.evaluate(([a, b]) => [page.has(a), page.has(b)], [one, other]), [false, true]);
  await host.evaluate("page.close(); page.close()");
  await until(
    () => selasar.left,
    (left) => left.includes(other),
  );
  assert.equal((await first.evaluate("sdk.getLocation()")).success, true);
  assert.deepEqual(selasar.left, [other]);
  const refused = await host.evaluate(() => {
    try {
      session.openPage({ frame: document.createElement("iframe"), path: "//elsewhere.example/" });
    } catch ({ code }) {
      return code;
    }
  });
  assert.equal(refused, "entry_foreign");
});
