// One open mini app: its frame, its session with Selasar, and the answers to its asks.

import { openMiniApp } from "@selasar/miniapp-host";
import { askConsent, askOpen, askPayment } from "./sheets.js";

const selasar = document.documentElement.dataset.selasar;

/**
 * Opens a launch of our backend in a new frame. Resolves with a function that closes it.
 * @param launch the backend's answer; its token opens nothing else
 * @param refused called with the reason when Selasar does not open the mini app
 */
export async function openPhone({ launch, place, state, refused }) {
  const frame = Object.assign(document.createElement("iframe"), { title: launch.app.name, referrerPolicy: "origin" });
  frame.sandbox.add("allow-scripts", "allow-same-origin", "allow-forms");
  place.replaceChildren(frame);
  state.textContent = "Opening…";
  const session = await openMiniApp({
    api: selasar,
    launch,
    frame,
    onAsk: answer,
    onPage: (page) => {
      if (page === "connected") state.textContent = "";
    },
    onState: (now, ending) => {
      if (now === "refused") refused(ending.message);
      if (now === "ended") state.textContent = ending.message;
    },
    onError: ({ message }) => console.warn(message),
  });
  return async () => {
    await session.close();
    state.textContent = "";
    frame.remove();
  };
}

/** Answers an ask. Without an answer, Selasar takes the careful one: not allowed, later, or unavailable. */
async function answer(ask, signal) {
  switch (ask.kind) {
    case "consent":
      return askConsent(ask, signal);
    case "payment":
      return askPayment(ask, signal);
    case "deeplink":
      return { answer: (await askOpen(ask.app.name, ask.deeplink, signal)) ? "open" : "decline" };
    case "uri":
      return openOutside(ask, signal);
    case "location":
      return locate(signal);
  }
}

async function openOutside({ app, uri }, signal) {
  if (!/^https?:/.test(uri) || !(await askOpen(app.name, uri, signal))) return { answer: "decline" };
  window.open(uri, "_blank", "noopener");
  return { answer: "open" };
}

/** Reads the browser's position. The mini app already has the person's consent; the browser asks for its own. */
function locate(signal) {
  if (!navigator.geolocation) return { answer: "unavailable" };
  return new Promise((resolve) => {
    signal.addEventListener("abort", () => resolve(undefined));
    navigator.geolocation.getCurrentPosition(
      ({ coords, timestamp }) =>
        resolve({ answer: "ok", data: { latitude: coords.latitude, longitude: coords.longitude, time: Math.round(timestamp) } }),
      ({ code }) => resolve({ answer: code === 1 ? "denied" : "failed" }),
      { timeout: 8_000 },
    );
  });
}
