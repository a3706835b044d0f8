// Tells the page that shows this one in a frame how the payment ended, and that the user wants to close it: snap.js, and only
// at the origin that the platform has found to be the mini app's.

const report = JSON.parse(/** @type {HTMLElement} */ (document.getElementById("report")).textContent ?? "null");
if (window.parent !== window) {
  window.parent.postMessage(report, report.to);
  // The overlay is closed by Escape; a key pressed in here is not heard there.
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.isComposing) window.parent.postMessage({ type: report.type, close: true }, report.to);
  });
}
