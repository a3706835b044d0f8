/** Asks the simulator for a keyboard while a text field has the focus. */
function useKeyboard(view, { tell, hear }) {
  let open = false;
  const show = (now) => {
    if (now !== open) tell({ type: "keyboard", open: now });
    open = now;
  };
  const look = () => {
    const field = focused();
    // A phone shows no keyboard for a focus that no tap has caused.
    if (isText(field) && navigator.userActivation?.isActive !== false) show(true);
    else if (!isText(field)) show(false);
  };
  for (const type of ["focusin", "click"]) addEventListener(type, () => queueMicrotask(look), true);
  addEventListener("focusout", () => setTimeout(look), true);
  addEventListener("pagehide", () => show(false));

  let covered = 0;
  const viewport = self.visualViewport;
  if (viewport && view.os === "ios") answer(viewport, "height", (height) => Math.max(0, height - covered));
  const reveal = () => {
    const field = focused();
    if (!isText(field)) return;
    const below = field.getBoundingClientRect().bottom + 16 - (innerHeight - covered);
    if (below <= 0) return;
    field.scrollIntoView({ block: "center" });
    const left = field.getBoundingClientRect().bottom + 16 - (innerHeight - covered);
    tell({ type: "pan", by: covered > 0 ? Math.max(0, Math.min(left, covered)) : 0 });
  };
  hear(({ keyboard }) => {
    if (typeof keyboard !== "number") return;
    open = keyboard > 0 && open;
    if (view.os === "ios" && covered !== keyboard) {
      covered = keyboard;
      viewport?.dispatchEvent(new Event("resize"));
    }
    if (keyboard > 0) requestAnimationFrame(reveal);
  });
}

/** Returns the element that has the focus, also inside open shadow trees. */
function focused() {
  let field = document.activeElement;
  while (field?.shadowRoot?.activeElement) field = field.shadowRoot.activeElement;
  return field;
}

const WITHOUT_KEYBOARD = new Set(["button", "checkbox", "color", "file", "hidden", "image", "radio", "range", "reset", "submit"]);

function isText(field) {
  if (!(field instanceof HTMLElement) || field.inputMode === "none") return false;
  if (field.isContentEditable) return true;
  if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) return false;
  return !field.readOnly && !field.disabled && !WITHOUT_KEYBOARD.has(field.type);
}
