/**
 * Returns an expression that runs a function, or evaluates an expression, and resolves with JSON: `{ value }` or `{ error }`.
 * A promise that the code returns is waited for, and a function becomes true.
 */
export function inPage(code, argument) {
  const call = typeof code === "function" ? `(${code})(${JSON.stringify(argument)})` : `(${code})`;
  return `(async () => {
    try { return JSON.stringify({ value: await ${call} }, (_, value) => (typeof value === "function" ? true : value)); }
    catch (error) { return JSON.stringify({ error: String(error?.stack ? error.message + "\\n" + error.stack : error) }); }
  })()`;
}

/**
 * Runs in the page: finds the first visible element by selector or role, and by text. An inert element is not found, and
 * none by role that is hidden from screen readers.
 * @param what.as `seen`, `gone`, `text`, `focused`, or `spot`: where the pointer hits it, if it may be pressed now
 */
export function locate({ css, role, text, pattern, flags, as }) {
  const roles = {
    button: 'button, input[type="submit"], [role="button"]',
    dialog: '[role="dialog"]',
    link: "a[href]",
    checkbox: 'input[type="checkbox"]',
    textbox: 'input:not([type]), input[type="text"], input[type="password"]',
    alert: '[role="alert"]',
    heading: "h1, h2, h3, h4",
    group: '[role="group"]',
    status: '[role="status"], output',
  };
  const tidy = (said) => (said ?? "").replace(/\s+/g, " ").trim();
  // The text that a screen reader reads: without the parts that are hidden from it.
  const read = (element) => {
    const copy = element.cloneNode(true);
    for (const hidden of copy.querySelectorAll('[aria-hidden="true"]')) hidden.remove();
    return copy.textContent;
  };
  const nameOf = (element) =>
    tidy(element.getAttribute("aria-label") || [...(element.labels ?? [])].map((label) => label.textContent).join(" ") || read(element));
  const said = (element) => {
    if (pattern === undefined && text === undefined) return true;
    const own = role ? nameOf(element) : tidy(element.textContent);
    return pattern === undefined ? own === text : new RegExp(pattern, flags).test(own);
  };
  const visible = (element) =>
    element.getClientRects().length > 0 &&
    getComputedStyle(element).visibility !== "hidden" &&
    !element.closest(role ? '[inert], [aria-hidden="true"]' : "[inert]");
  const found = [...document.querySelectorAll(css ?? roles[role])].find((element) => visible(element) && said(element));
  if (as === "gone") return !found;
  if (!found) return false;
  if (as === "seen") return true;
  if (as === "text") return tidy(found.innerText);
  if (as === "focused") return document.activeElement === found;
  if (found.disabled || found.getAttribute("aria-disabled") === "true") return false;
  const seen = found.getBoundingClientRect();
  if (seen.top < 0 || seen.bottom > innerHeight) found.scrollIntoView({ block: "center", behavior: "instant" });
  const { left, top, width, height } = found.getBoundingClientRect();
  const spot = { x: left + width / 2, y: top + height / 2 };
  const hit = document.elementFromPoint(spot.x, spot.y);
  return hit && (found === hit || found.contains(hit) || hit.contains(found)) ? spot : false;
}
