// Tells the page that shows this one in a frame how the payment ended: snap.js, and only at the origin that the platform
// has found to be the mini app's.

const report = JSON.parse(/** @type {HTMLElement} */ (document.getElementById("report")).textContent ?? "null");
if (window.parent !== window) window.parent.postMessage(report, report.to);
