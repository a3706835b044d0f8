// Functions for the pages of the shop and of the orders.

import { t } from "./texts.js";

export const $ = (id) => document.getElementById(id);

export function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/** Shows an error. The super app's message contains the code and the next step. */
export function problem(error, first = "") {
  const text = error.code === 100 ? t("outside") : `${error.message} (${error.code})`;
  $("notice").textContent = `${first} ${text}`.trim();
  $("notice").hidden = false;
}

export async function api(method, path, body) {
  const answer = await fetch(path, { method, headers: { "Content-Type": "application/json" }, body: body && JSON.stringify(body) });
  const data = await answer.json();
  if (!answer.ok) throw new Error(data.error);
  return path === "/api/login" ? { ...data, loggedIn: true } : data;
}

/** Returns a handler that runs a button's action, never twice at once, and shows its error. */
export function runs(action, after = () => {}) {
  return async (event) => {
    const button = event?.currentTarget;
    if (button) button.disabled = true;
    $("notice").hidden = true;
    try {
      await action();
    } catch (cause) {
      problem({ code: cause.code ?? "kopi", message: cause.message });
    } finally {
      if (button) button.disabled = false;
      after();
    }
  };
}
