/** Hides the page while the super app is in the background, and ends it without a word when the phone needs its memory. */
function hide(view, { hear }) {
  let hidden = view.hidden;
  answer(document, "hidden", (real) => hidden || real);
  answer(document, "visibilityState", (real) => (hidden ? "hidden" : real));
  replace(document, "hasFocus", (real, that, args) => !hidden && Reflect.apply(real, that, args));
  const timers = holdTimers(view.os, () => hidden);
  const kill = prepareKill();
  hear((message) => {
    if (message.kill === true) return kill();
    if (typeof message.hidden !== "boolean" || message.hidden === hidden) return;
    hidden = message.hidden;
    if (hidden) dispatchEvent(new Event("blur"));
    document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
    if (!hidden) dispatchEvent(new Event("focus"));
    timers.changed();
  });
}

/**
 * Timers of a hidden page: iOS stops the page until it is shown again; Android runs its timers once a second. Neither draws
 * a frame.
 */
function holdTimers(os, isHidden) {
  const real = { later: setTimeout, every: setInterval, stop: clearInterval, frame: requestAnimationFrame };
  const due = new Map(); // by the id of the timer
  const frames = new Map(); // by the id of the request
  let ticking;
  const release = (held) => {
    for (const run of held.values()) real.later.call(self, run, 0);
    held.clear();
  };
  for (const name of ["setTimeout", "setInterval"]) {
    replace(self, name, (set, that, [task, ...rest]) => {
      if (typeof task !== "function") return Reflect.apply(set, that, [task, ...rest]);
      const run = () => Reflect.apply(task, self, rest.slice(1));
      const id = Reflect.apply(set, that, [() => (isHidden() ? due.set(id, run) : run()), rest[0]]);
      return id;
    });
  }
  for (const name of ["clearTimeout", "clearInterval"]) {
    replace(self, name, (clear, that, args) => {
      due.delete(args[0]);
      return Reflect.apply(clear, that, args);
    });
  }
  replace(self, "requestAnimationFrame", (request, that, [draw]) => {
    if (typeof draw !== "function") return Reflect.apply(request, that, [draw]);
    const id = Reflect.apply(request, that, [(now) => (isHidden() ? frames.set(id, draw) : draw(now))]);
    return id;
  });
  replace(self, "cancelAnimationFrame", (cancel, that, args) => {
    frames.delete(args[0]);
    return Reflect.apply(cancel, that, args);
  });
  return {
    /** The page was hidden or shown. */
    changed() {
      real.stop.call(self, ticking);
      if (isHidden()) {
        if (os === "android") ticking = real.every.call(self, () => release(due), 1_000);
        return;
      }
      release(due);
      for (const draw of frames.values()) real.frame.call(self, draw);
      frames.clear();
    },
  };
}

/** Returns the function that kills the page. It gets no event before, and its session storage is lost. */
function prepareKill() {
  let killed = false;
  const silence = (event) => {
    if (killed) event.stopImmediatePropagation();
  };
  for (const type of ["beforeunload", "pagehide", "unload", "visibilitychange"]) addEventListener(type, silence, true);
  self.navigation?.addEventListener("navigate", silence);
  const reload = location.reload.bind(location);
  return () => {
    killed = true;
    try {
      sessionStorage.clear();
    } catch {
      // A page without storage has nothing to lose there.
    }
    if (self.parent === top || self === top) {
      History.prototype.replaceState.call(history, null, "");
      reload();
    }
  };
}
