/** The characters that WebDriver uses for keys without a character: https://www.w3.org/TR/webdriver2/#keyboard-actions. */
const SPECIAL = {
  Backspace: "\uE003",
  Tab: "\uE004",
  Enter: "\uE007",
  Shift: "\uE008",
  Escape: "\uE00C",
  ArrowUp: "\uE013",
  ArrowDown: "\uE015",
};

/** Returns the actions of a key, or of Shift and a key, for WebDriver and WebDriver BiDi. */
export function keyActions(name) {
  const keys = name.split(/(?<=Shift)\+/).map((key) => SPECIAL[key] ?? key);
  const actions = [...keys.map((value) => ({ type: "keyDown", value })), ...keys.toReversed().map((value) => ({ type: "keyUp", value }))];
  return [{ type: "key", id: "keyboard", actions }];
}

/** Returns the actions of a press of the pointer at a point of the window. */
export function clickActions(x, y) {
  const actions = [
    { type: "pointerMove", x, y, duration: 0, origin: "viewport" },
    { type: "pointerDown", button: 0 },
    { type: "pointerUp", button: 0 },
  ];
  return [{ type: "pointer", id: "mouse", parameters: { pointerType: "mouse" }, actions }];
}
