// The page of the shop, from the first screen to the receipt. It calls the super app through "superapp", which is webview.js
// or container.js, and the backend under /api for everything that a page cannot be trusted with.

import * as superapp from "superapp";
import { changeLanguage, either, fillTexts, rupiah, t } from "./texts.js";
import { $, api, element, problem, runs } from "./tools.js";

let customer = { name: "" };
let menu = [];
let near = [];
let shop = null;
let cups = {}; // the number of cups by drink id
let paid = null; // the content of the result screen: { order, status }

// ---- the super app ----

/** Logs in without a form: the super app knows the user, and its auth code proves the user's identity to our backend. */
async function login() {
  const { success, data, error } = await superapp.getAuthCode();
  if (!success) throw Object.assign(new Error(error.message), error);
  customer = await api("POST", "/api/login", { auth_code: data.authCode });
  showCustomer();
}

/** Asks for the optional consent that the user did not give at the start, then logs in again. */
async function nameMe() {
  const { success, data, error } = await superapp.getConsent("profile");
  if (!success) return problem(error);
  if (data.has_consent) await login();
}

/**
 * Shows the nearest shops. The location can fail although its consent is mandatory: location services may be off, or the
 * user may have withdrawn the consent. After a press of the button, the page may ask for the consent again.
 */
async function findShops(mayAsk = false) {
  let { success, data, error } = await superapp.getLocation();
  if (mayAsk && error?.code === 300 && (await superapp.getConsent("location")).data?.has_consent) {
    ({ success, data, error } = await superapp.getLocation());
  }
  $("locate").hidden = success;
  if (!success) return problem(error, t("noLocation"));
  near = await api("GET", `/api/shops?latitude=${data.latitude}&longitude=${data.longitude}`);
  showShops();
}

async function order() {
  const { order, deeplink } = await api("POST", "/api/orders", { shop: shop.name, items: cups });
  await pay(order, deeplink);
}

async function payAgain() {
  const { order, deeplink } = await api("POST", `/api/orders/${paid.order.number}/payment`);
  await pay(order, deeplink);
}

/** Opens the payment sheet. The page only shows its status; our backend asks the platform whether the order is paid. */
async function pay(order, deeplink) {
  const { success, data, error } = await superapp.triggerPayment(deeplink);
  paid = { order, status: success ? data.status : "failed" };
  show("result");
  if (!success) problem(error);
  paid.order = await api("GET", `/api/orders/${order.number}`);
  showResult();
  hear(paid).catch((cause) => problem({ code: "kopi", message: cause.message }));
}

/** Polls until the platform has notified our backend, or the customer leaves the result screen. */
async function hear(shown) {
  while (paid === shown && !$("result").hidden && shown.order.heard !== shown.order.state) {
    await new Promise((later) => setTimeout(later, 1000));
    shown.order = await api("GET", `/api/orders/${shown.order.number}`);
    showResult();
  }
}

async function openPromo() {
  const { success, error } = await superapp.openDeeplink("gopay://promo/kopi");
  if (!success) problem(error);
}

// ---- the screens ----

function show(name) {
  for (const section of document.querySelectorAll("section")) section.hidden = section.id !== name;
  $("notice").hidden = true;
  draw();
  document.querySelector(`#${name} h1`).focus();
  window.scrollTo(0, 0);
}

function draw() {
  fillTexts();
  $("language").textContent = t("otherLanguage");
  showCustomer();
  showShops();
  showMenu();
  showResult();
}

function showCustomer() {
  $("greeting").textContent = customer.name ? t("helloName")(customer.name) : t("hello");
  $("name-me").hidden = customer.name !== "" || customer.loggedIn === undefined;
}

function showShops() {
  $("shop-list").replaceChildren(
    ...near.map((one) => {
      const distance =
        one.metres < 1000 ? `${one.metres} m` : `${(one.metres / 1000).toLocaleString("id-ID", { maximumFractionDigits: 1 })} km`;
      const button = element(
        "button",
        { type: "button", className: "card" },
        element("strong", {}, one.name),
        element("span", {}, one.street),
        element("em", {}, distance),
      );
      button.onclick = () => {
        shop = one;
        cups = {};
        show("menu");
      };
      return element("li", {}, button);
    }),
  );
}

function showMenu() {
  if (!shop) return;
  $("shop-name").textContent = shop.name;
  $("menu-list").replaceChildren(
    ...menu.map((drink) => {
      const less = element("button", { type: "button", ariaLabel: t("remove")(drink.name), disabled: !cups[drink.id] }, "−");
      const more = element("button", { type: "button", ariaLabel: t("add")(drink.name), disabled: cups[drink.id] === 20 }, "+");
      less.onclick = () => change(drink.id, -1, "less");
      more.onclick = () => change(drink.id, +1, "more");
      less.id = `less-${drink.id}`;
      more.id = `more-${drink.id}`;
      return element(
        "li",
        { className: "card" },
        element("strong", {}, drink.name),
        element("span", {}, either(drink.note)),
        element("em", {}, rupiah(drink.price)),
        element("div", { className: "count" }, less, element("output", {}, cups[drink.id] ?? 0), more),
      );
    }),
  );
  const total = menu.reduce((sum, drink) => sum + drink.price * (cups[drink.id] ?? 0), 0);
  $("pay").disabled = total === 0;
  $("pay").textContent = total ? t("pay")(rupiah(total)) : t("choose");
}

function change(id, by, button) {
  const n = (cups[id] ?? 0) + by;
  if (n > 0) cups[id] = n;
  else delete cups[id];
  showMenu();
  $(`${button}-${id}`).focus();
}

function showResult() {
  if (!paid) return;
  const { order, status } = paid;
  $("sign").textContent = { success: "✓", cancelled: "✕", failed: "!", pending: "…" }[status];
  $("sign").className = status;
  $("outcome").textContent = t(status);
  $("explanation").textContent = t(status + "More");
  $("receipt").replaceChildren(
    ...[
      [t("order"), `${order.number} · ${order.what}`],
      [t("total"), rupiah(order.total)],
      [t("server"), t("state")[order.state]],
      [t("heard"), t("state")[order.heard] ?? "–"],
    ].flatMap(([name, value]) => [element("dt", {}, name), element("dd", {}, value)]),
  );
  $("retry").hidden = ["paid", "refunded"].includes(order.state);
  $("promo").hidden = order.state !== "paid";
}

// ---- the buttons ----

const does = (action) => runs(action, showMenu);

/** Loads the data for an order. After a failure, a button retries. */
const begin = does(async () => {
  $("again").hidden = true;
  $("shop-list").ariaBusy = "true";
  try {
    menu = await api("GET", "/api/menu");
    await login();
    await findShops();
  } catch (cause) {
    $("again").hidden = false;
    throw cause;
  } finally {
    $("shop-list").ariaBusy = "false";
  }
});

$("language").onclick = () => {
  changeLanguage();
  draw();
};
$("name-me").onclick = does(nameMe);
$("again").onclick = begin;
$("locate").onclick = does(() => findShops(true));
$("pay").onclick = does(order);
$("retry").onclick = does(payAgain);
$("promo").onclick = does(openPromo);
for (const button of document.querySelectorAll("[data-show]")) button.onclick = () => show(button.dataset.show);

draw();
begin();
