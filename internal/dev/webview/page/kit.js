// What the parts of the script share. The parts are joined to one function, which begins with `main.js`.

/**
 * Returns the tools of the parts, or nothing outside the simulator.
 * @param port the port of the simulator
 */
function connect(port) {
  const host = self === top ? (name === "selasar-host" ? opener : null) : top;
  if (!host) return undefined;
  const origin = `${location.protocol}//${location.hostname}:${port}`;
  const listeners = [];
  addEventListener("message", (event) => {
    const { data, isTrusted, source } = event;
    if (!isTrusted || source !== host || event.origin !== origin || data?.selasarView !== 1) return;
    event.stopImmediatePropagation();
    for (const hear of listeners) hear(data);
  });
  if (self === top) offerPipe(host, origin);
  const tell = (message) => host.postMessage({ ...message, selasarView: 1 }, origin);
  return {
    tell,
    hear: (listener) => listeners.push(listener),
    /** Refuses what a WebView refuses, by a warning with a name. */
    refuse(reason, feature, target, error) {
      const shown = target === undefined ? undefined : String(target).slice(0, 100);
      console.warn(`selasar: ${reason}: ${feature}${shown ? ` ${shown}` : ""}${error ? ` (${error})` : ""}`);
      tell({ type: "refused", reason, feature, ...(shown && { target: shown }), ...(error && { error }) });
    },
  };
}

/** Returns the object in the prototype chain of `owner` that has a property, with its descriptor. */
function find(owner, name) {
  for (let at = owner; at; at = Object.getPrototypeOf(at)) {
    const found = Object.getOwnPropertyDescriptor(at, name);
    if (found) return { at, found };
  }
  return undefined;
}

/**
 * Replaces what a browser's function does. The page sees the same name, length, text and property.
 * @param act gets the browser's own function, the receiver and the arguments
 */
function replace(owner, name, act) {
  const { at, found } = find(owner, name) ?? {};
  if (typeof found?.value !== "function" || !found.configurable) return;
  const value = new Proxy(found.value, { apply: act });
  Object.defineProperty(at, name, { ...found, value });
}

/** Replaces the value of a browser's property. A wrong receiver throws, as before. */
function answer(owner, name, value) {
  const { at, found } = find(owner, name) ?? {};
  if (!found?.get || !found.configurable) return;
  const get = new Proxy(found.get, { apply: (real, that, args) => value(Reflect.apply(real, that, args), that) });
  Object.defineProperty(at, name, { ...found, get });
}

/** Removes a property that a WebView does not have. */
function remove(owner, name) {
  const { at, found } = find(owner, name) ?? {};
  if (found?.configurable) delete at[name];
}
