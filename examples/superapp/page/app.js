// The page of the super app: login, list of mini apps, logout. phone.js opens a mini app.

import { openPhone } from "./phone.js";

const $ = (id) => document.getElementById(id);
let close; // closes the open mini app

/** Calls the super app's own backend. */
export async function api(method, path, body) {
  const response = await fetch(path, {
    method,
    ...(body && { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) }),
  });
  const value = await response.json();
  if (response.ok) return value;
  throw Object.assign(new Error(value.error), { status: response.status });
}

function show(view) {
  for (const name of ["login", "home", "phone"]) $(name).hidden = name !== view;
  $(view).querySelector("h1").setAttribute("tabindex", "-1");
  $(view).querySelector("h1").focus();
}

function complain(cause) {
  $("notice").textContent = cause.message;
  $("notice").hidden = false;
}

/** Returns a listener that runs an action, never twice at once, and shows its error. */
function does(action) {
  let running = false;
  return async (event) => {
    event.preventDefault();
    if (running) return;
    running = true;
    $("notice").hidden = true;
    try {
      await action(event);
    } catch (cause) {
      if (cause.status === 401) greet(undefined);
      complain(cause);
    } finally {
      running = false;
    }
  };
}

/** Shows the view for a user, or the login. */
async function greet(user) {
  $("who").textContent = user?.name ?? "";
  for (const id of ["who", "logout"]) $(id).hidden = !user;
  if (!user) return show("login");
  await goHome();
}

/** Shows the mini apps, and what the person shares with them. */
async function goHome() {
  show("home");
  const [apps, consents] = await Promise.all([api("GET", "/api/mini-apps"), api("GET", "/api/consents")]);
  $("empty").hidden = apps.length > 0;
  $("mini-apps").replaceChildren(...apps.map(item));
  $("privacy").hidden = consents.length === 0;
  $("consents").replaceChildren(...consents.map((consent) => shared(consent, apps)));
}

/** Returns the line of a given consent, with a button that withdraws it. */
function shared({ mini_app_id, name }, apps) {
  const line = document.createElement("li");
  const text = document.createElement("span");
  text.textContent = `${apps.find(({ id }) => id === mini_app_id)?.name ?? mini_app_id}: ${name.replaceAll("_", " ")}`;
  const button = Object.assign(document.createElement("button"), { type: "button", textContent: "Withdraw" });
  button.setAttribute("aria-label", `Withdraw ${text.textContent}`);
  button.addEventListener(
    "click",
    does(async () => {
      await api("POST", "/api/consents/withdraw", { mini_app_id, name });
      await goHome();
    }),
  );
  line.append(text, button);
  return line;
}

function item({ id, name }) {
  const button = Object.assign(document.createElement("button"), { type: "button", textContent: name });
  button.addEventListener(
    "click",
    does(() => open(id, name)),
  );
  const line = document.createElement("li");
  line.append(button);
  return line;
}

async function open(id, name) {
  const launch = await api("POST", "/api/launches", { mini_app_id: id });
  $("title").textContent = name;
  show("phone");
  close = await openPhone({ launch, place: $("place"), state: $("state"), refused: refuse });
}

async function leave() {
  await close?.();
  close = undefined;
  await goHome();
}

/** The mini app does not open, for example without a consent that it needs. */
function refuse(message) {
  leave().then(() => complain({ message }), complain);
}

$("back").addEventListener("click", does(leave));
$("login-form").addEventListener(
  "submit",
  does(async ({ target }) => {
    const user = await api("POST", "/api/login", Object.fromEntries(new FormData(target)));
    target.reset();
    await greet(user);
  }),
);
$("logout").addEventListener(
  "click",
  does(async () => {
    await close?.();
    close = undefined;
    await api("POST", "/api/logout", {});
    await greet(undefined);
  }),
);

api("GET", "/api/me")
  .then(greet, (cause) => (cause.status === 401 ? greet(undefined) : complain(cause)))
  .catch(complain);
