// The shop's page. It chooses and shows; what is paid, the backend finds out.

import MiniAppSDK from "@gopay/miniapp-client";

const sdk = new MiniAppSDK({ useDummyService: false });
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

/** Shows an order, and what the page itself was told, which is no proof. */
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

/** Looks again until the platform has notified our backend, ten times at most. */
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

/** Makes a handler that runs an action, once at a time, and shows what goes wrong. */
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

/** The same for what the platform notifies of. */
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

/** Fills the shelf; a button tries again when it cannot be had. */
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
