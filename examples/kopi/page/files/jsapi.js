// Every method of the SDK, with a field for its parameter and with its answer.

import MiniAppSDK from "@gopay/miniapp-client";

const sdk = new MiniAppSDK({ useDummyService: false });

const consents = ["location", "profile", "device_info", "wifi", "bank_account", "camera"];

// `name` is the label of the button; `field` is the parameter that can be changed.
const calls = [
  { name: "isInHost", run: () => sdk.isInHost() },
  { name: "capabilities", run: () => sdk.capabilities() },
  { name: "getAuthCode", run: () => sdk.getAuthCode() },
  { name: "getConsent", field: { label: "consent_name", value: "device_info", choices: consents }, run: (name) => sdk.getConsent(name) },
  { name: "getLocation", run: () => sdk.getLocation() },
  { name: "getSystemInfo", run: () => sdk.getSystemInfo() },
  { name: "getWifiInfo", run: () => sdk.getWifiInfo() },
  { name: "getBankAccountToken", run: () => sdk.getBankAccountToken() },
  { name: "openDeeplink", field: { label: "deeplink", value: "gopay://home" }, run: (deeplink) => sdk.openDeeplink(deeplink) },
  {
    name: "openGopayDeeplink",
    field: { label: "deeplink", value: "gopay://promo/kopi" },
    run: (deeplink) => sdk.openGopayDeeplink(deeplink),
  },
  { name: "triggerPayment", field: { label: "deeplink (empty: one cup of Kopi Tubruk)", value: "" }, run: pay },
];

/** Pays the deeplink in the field. Without one, it logs in and lets the backend make a payment first. */
async function pay(deeplink) {
  return sdk.triggerPayment({ deeplink: deeplink || (await orderOneCup()) });
}

async function orderOneCup() {
  const { success, data, error } = await sdk.getAuthCode();
  if (!success) throw new Error(error.message);
  await post("/api/login", { auth_code: data.authCode });
  return (await post("/api/orders", { shop: "Kopi Menteng", items: { tubruk: 1 } })).deeplink;
}

async function post(path, body) {
  const answer = await fetch(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
  const data = await answer.json();
  if (!answer.ok) throw new Error(data.error);
  return data;
}

/** Adds a card to the list. Returns the function that runs its call. */
function card({ name, field, run }) {
  const item = document.createElement("li");
  item.className = "card call";
  const button = Object.assign(document.createElement("button"), { type: "button", textContent: name });
  const answer = Object.assign(document.createElement("pre"), {
    hidden: true,
    tabIndex: 0,
    ariaLabel: `Answer of ${name}`,
    role: "status",
  });
  const input = field && control(name, field, item);
  item.append(button, answer);
  const call = async () => {
    button.disabled = true;
    const began = performance.now();
    let text;
    try {
      text = JSON.stringify(await run(input?.value), null, 2);
    } catch (cause) {
      text = `kopi: ${cause.message}`;
    }
    answer.textContent = `${text}\n// ${(performance.now() - began).toFixed(1)} ms`;
    answer.hidden = false;
    button.disabled = false;
  };
  button.onclick = call;
  document.getElementById("calls").append(item);
  return call;
}

function control(name, { label, value, choices }, item) {
  const caption = document.createElement("label");
  const input = document.createElement(choices ? "select" : "input");
  for (const choice of choices ?? []) input.append(new Option(choice));
  input.value = value;
  input.id = `${name}-parameter`;
  caption.htmlFor = input.id;
  caption.textContent = label;
  item.append(caption, input);
  return input;
}

const runs = calls.map(card);
document.getElementById("all").onclick = async () => {
  for (const run of runs) await run();
};
