// Tells the page that shows this one in a frame how the payment ended, and that the user wants to close it: snap.js, and only
// at the origin that the platform has found to be the mini app's.

const report = JSON.parse(/** @type {HTMLElement} */ (document.getElementById("report")).textContent ?? "null");

/** How often the state is looked at: the order may expire, or its backend may cancel it, while the page is open. */
const EVERY_MS = 2000;

/** @param {Document} page */
const stateOf = (page) => page.querySelector("main")?.dataset.state;

async function look() {
  const answer = await fetch(location.href, { cache: "no-store" }).catch(() => undefined); // the platform may be away for a while
  if (answer) {
    const now = stateOf(new DOMParser().parseFromString(await answer.text(), "text/html"));
    if (now && now !== stateOf(document)) return location.reload();
  }
  setTimeout(look, EVERY_MS);
}

if (window.parent !== window) {
  if (!report.result) setTimeout(look, EVERY_MS);
  window.parent.postMessage(report, report.to);
  // The overlay is closed by Escape; a key pressed in here is not heard there.
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.isComposing) window.parent.postMessage({ type: report.type, close: true }, report.to);
  });
}
