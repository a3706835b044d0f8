// Takes one step of a script of `selasar check` in the mini app's page. Returns an empty text, or what is missing.
(() => {
  const { verb, target, text } = "{{step}}";
  const seen = (element) => element.getClientRects().length > 0 && getComputedStyle(element).visibility !== "hidden";
  const plain = (value) => (value ?? "").replace(/\s+/g, " ").trim();
  const CLICKABLE = "button, a, summary, label, option, input, select, textarea, [role], [onclick], [tabindex]";
  const FIELD = "input, textarea, select, [contenteditable]";

  const byLabel = (elements) =>
    elements.find((e) => [...(e.labels ?? [])].some((label) => plain(label.innerText) === target.text)) ??
    elements.find((e) => [e.getAttribute("aria-label"), e.getAttribute("placeholder"), e.name].includes(target.text));
  const byText = (elements) =>
    elements.find((e) => [plain(e.innerText), e.getAttribute("aria-label"), e.type === "submit" && e.value].includes(target.text));

  const find = () => {
    if (target.selector) {
      const element = document.querySelector(target.selector);
      return element && (verb === "wait" || seen(element)) ? element : undefined;
    }
    if (verb === "wait") return plain(document.body?.innerText).includes(target.text) ? document.body : undefined;
    if (verb === "type") return byLabel([...document.querySelectorAll(FIELD)].filter(seen));
    const all = [...document.querySelectorAll("body *")].filter(seen);
    return byText(all.filter((e) => e.matches(CLICKABLE))) ?? byText(all.reverse());
  };

  const element = find();
  if (!element) return "the page does not show it";
  if (verb === "click") {
    if (element.disabled) return "it is disabled";
    element.click();
  }
  if (verb === "type") {
    element.focus();
    if (element.isContentEditable) element.textContent = text;
    // The setter of the element's own class: frameworks replace the one of the element.
    else Object.getOwnPropertyDescriptor(Object.getPrototypeOf(element), "value").set.call(element, text);
    for (const type of ["input", "change"]) element.dispatchEvent(new Event(type, { bubbles: true }));
  }
  return "";
})();
