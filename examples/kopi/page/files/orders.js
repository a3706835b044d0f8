// The customer's orders, newest first. The super app opens this page from its wallet history, possibly before the shop's
// page. So the page logs in itself.

import * as superapp from "superapp";
import { changeLanguage, fillTexts, rupiah, t } from "./texts.js";
import { $, api, element, problem, runs } from "./tools.js";

const wanted = new URLSearchParams(location.search).get("reference_no"); // the payment whose history entry opened this page
let list = null;

async function login() {
  const { success, data, error } = await superapp.getAuthCode();
  if (success) await api("POST", "/api/login", { auth_code: data.authCode });
  else problem(error);
  return success;
}

async function load() {
  list = await api("GET", "/api/orders");
  draw();
  document.querySelector("[aria-current]")?.scrollIntoView({ block: "center" });
}

/** Refunds an order. The backend returns the new state of the order; the platform's notification follows a moment later. */
async function refund(order) {
  Object.assign(order, await api("POST", `/api/orders/${order.number}/refund`));
  draw();
  hear(order).catch((cause) => problem({ code: "kopi", message: cause.message }));
}

/** Polls until the platform has notified our backend, at most ten times. */
async function hear(order) {
  for (let looks = 0; looks < 10 && order.heard !== order.state; looks++) {
    await new Promise((later) => setTimeout(later, 1000));
    await look(order);
  }
}

async function look(order) {
  Object.assign(order, await api("GET", `/api/orders/${order.number}`));
  draw();
}

function draw() {
  fillTexts();
  $("language").textContent = t("otherLanguage");
  $("none").hidden = list === null || list.length > 0;
  $("order-list").ariaBusy = String(list === null);
  $("order-list").replaceChildren(...(list ?? []).map(card));
}

function card(order) {
  const button = (text, action) => {
    const made = element("button", { type: "button" }, t(text));
    made.onclick = runs(() => action(order));
    return made;
  };
  const item = element(
    "li",
    { className: "card order" },
    element("strong", {}, `${order.number} · ${order.what}`),
    element("span", {}, order.shop),
    element("em", {}, rupiah(order.total)),
    element("p", { className: order.state }, t("state")[order.state]),
    element("p", {}, `${t("heard")}: ${t("state")[order.heard] ?? "–"}`),
    element("div", { className: "actions" }, button("look", look), ...(order.state === "paid" ? [button("refund", refund)] : [])),
  );
  item.dataset.state = order.state;
  if (order.payment.reference_no === wanted) item.ariaCurrent = "true";
  return item;
}

$("language").onclick = () => {
  changeLanguage();
  draw();
};
draw();
runs(async () => {
  if (await login()) await load();
})();
