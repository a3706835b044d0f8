// The page of the shop. It selects items and shows the order. Only the backend decides whether an order is paid.

import MiniAppSDK from "@gopay/miniapp-client";

const hostOrigins = document.documentElement.dataset.hostOrigins.split(" ").filter(Boolean);
const sdk = new MiniAppSDK({ useDummyService: false, hostOrigins });
const $ = (id) => document.getElementById(id);
const rupiah = (amount) => "Rp" + amount.toLocaleString("id-ID");
const words = {
  created: "belum dibayar",
  pending: "menunggu pembayaran",
  paid: "sudah dibayar",
  refunded: "uang dikembalikan",
  cancelled: "dibatalkan",
  failed: "gagal",
  expired: "kedaluwarsa",
};

let order = null;

async function api(method, path, body) {
  const answer = await fetch(path, { method, headers: { "Content-Type": "application/json" }, body: body && JSON.stringify(body) });
  const data = await answer.json();
  if (!answer.ok) throw new Error(data.error);
  return data;
}

/** Shows an order, and the status that the page received, which is no proof of payment. */
function show(now, said = "–") {
  order = now;
  $("order").hidden = false;
  $("order").dataset.state = order.state;
  $("what").textContent = `${order.name} · ${rupiah(order.total)}`;
  $("state").textContent = words[order.state];
  $("heard").textContent = words[order.heard] ?? "–";
  $("said").textContent = said;
  const open = ["created", "pending"].includes(order.state);
  $("cancel").hidden = !open;
  for (const id of ["pay", "checkout"]) $(id).hidden = !open || (order.way ?? id) !== id;
  $("refund").hidden = order.state !== "paid";
}

const at = (action = "") => `/api/orders/${order.number}${action}`;
const look = async (said) => show(await api("GET", at()), said);

/** Pays in the super app's sheet. */
async function pay() {
  const { deeplink } = await api("POST", at("/payment"));
  const { success, data, error } = await sdk.triggerPayment({ deeplink });
  await look(success ? data.status : `${error.code} ${error.message}`);
}

/** Pays in the overlay of snap.js. */
async function checkout() {
  const { token } = await api("POST", at("/checkout"));
  const said = await new Promise((resolve) => {
    const says = (name) => (result) => resolve([name, result?.transaction_status].filter(Boolean).join(" "));
    window.snap.pay(token, {
      onSuccess: says("onSuccess"),
      onPending: says("onPending"),
      onError: says("onError"),
      onClose: says("onClose"),
    });
  });
  await look(said);
}

/** Polls until the platform has notified our backend, at most ten times. */
async function hear(seen) {
  for (let looks = 0; looks < 10 && order === seen && seen.heard !== seen.state; looks++) {
    await new Promise((later) => setTimeout(later, 1000));
    const now = await api("GET", `/api/orders/${seen.number}`);
    if (order === seen) show((seen = now), $("said").textContent);
  }
}

function complain(cause) {
  $("notice").textContent = cause.message;
  $("notice").hidden = false;
}

/** Returns a handler that runs an action, never twice at once, and shows its error. */
const does =
  (action) =>
  async ({ currentTarget: button }) => {
    button.disabled = true;
    $("notice").hidden = true;
    try {
      await action();
    } catch (cause) {
      complain(cause);
    } finally {
      button.disabled = false;
    }
  };

/** Like `does`, and then polls for the notification. */
const moves = (action) =>
  does(async () => {
    await action();
    hear(order).catch(complain);
  });

$("pay").onclick = moves(pay);
$("checkout").onclick = moves(checkout);
$("look").onclick = does(look);
$("cancel").onclick = moves(async () => show(await api("POST", at("/cancel"))));
$("refund").onclick = moves(async () => show(await api("POST", at("/refund"))));

/** Loads the items. After a failure, a button retries. */
async function fill() {
  for (const { id, name, price } of await api("GET", "/api/shelf")) {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: `${name} · ${rupiah(price)}` });
    button.onclick = does(async () => show(await api("POST", "/api/orders", { id })));
    const line = document.createElement("li");
    line.append(button);
    $("shelf").append(line);
  }
  $("again").hidden = true;
}

$("again").onclick = does(fill);
fill().catch((cause) => {
  complain(cause);
  $("again").hidden = false;
});
