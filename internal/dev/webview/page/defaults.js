/**
 * Stops the default action of clicks and submits that a WebView refuses. The page does not notice it: its handlers find
 * `defaultPrevented` false. What the page prevents itself is no refusal.
 */
function stopDefaults(refuse) {
  const ours = new WeakSet();
  const theirs = new WeakSet();
  const { preventDefault } = Event.prototype;
  replace(Event.prototype, "preventDefault", (real, that, args) => {
    theirs.add(that);
    return Reflect.apply(real, that, args);
  });
  answer(Event.prototype, "defaultPrevented", (prevented, event) => prevented && (theirs.has(event) || !ours.has(event)));

  const check = (event) => {
    if (ours.has(event) || theirs.has(event)) return;
    const element =
      event.type === "submit" ? event.target : event.composedPath().find((one) => one instanceof Element && one.matches("a,area"));
    const refusal = element && refusalOf(element, event.submitter);
    if (!refusal) return;
    preventDefault.call(event);
    ours.add(event);
    setTimeout(() => theirs.has(event) || refuse(...refusal));
  };
  const watch = (event) => {
    check(event);
    // A handler of the page may change the address, or stop the event before it returns here.
    for (const last of [event.composedPath()[0], self]) {
      last.addEventListener(event.type, (now) => now === event && check(event), { once: true });
    }
  };
  for (const type of ["click", "submit"]) addEventListener(type, watch, true);

  // The click of a link outside the document does not reach the window.
  const watchAlone = (element) => {
    if (element instanceof HTMLAnchorElement && !element.isConnected) element.addEventListener("click", check, { once: true });
  };
  replace(HTMLElement.prototype, "click", (real, that, args) => {
    watchAlone(that);
    return Reflect.apply(real, that, args);
  });
  replace(EventTarget.prototype, "dispatchEvent", (real, that, args) => {
    if (args[0]?.type === "click") watchAlone(that);
    return Reflect.apply(real, that, args);
  });
}
