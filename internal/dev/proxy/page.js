// Selasar's ears in a page of the simulator's frame: what a native shell would see of its WebView. The proxy adds it to
// the documents of the frame. It removes itself, and changes nothing that the page shows.
(() => {
  document.currentScript?.remove();
  if (self === top) return;
  const host = `${location.protocol}//${location.hostname}:{{host}}`;
  const tell = (message) => top.postMessage({ ...message, selasarPage: 1 }, host);

  // A sheet of the phone covers the WebView: the page gets no key and cannot take the focus. The same holds for the frames
  // in the page. A frame's own attributes do not achieve that in any browser.
  let covered = false;
  const asked = new Map();
  addEventListener("message", (event) => {
    const { data, isTrusted, origin, source } = event;
    if (!isTrusted || source !== top || origin !== host || data?.selasarPage !== 1) return;
    event.stopImmediatePropagation();
    if (typeof data.covered === "boolean") covered = data.covered;
    asked.get(data.id)?.(data.allowed === true);
    asked.delete(data.id);
  });
  for (const type of ["keydown", "keypress", "keyup", "beforeinput", "input", "paste", "compositionstart"]) {
    const swallow = (event) => {
      if (!covered || !event.isTrusted) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    addEventListener(type, swallow, true);
  }
  for (const [owner, name] of [
    [self, "focus"],
    [HTMLElement.prototype, "focus"],
    [SVGElement.prototype, "focus"],
    [HTMLInputElement.prototype, "select"],
    [HTMLTextAreaElement.prototype, "select"],
  ]) {
    const real = owner[name];
    owner[name] = function (...args) {
      return covered ? undefined : real.apply(this, args);
    };
  }
  if (parent !== top) return tell({ type: "frame" });

  // The path, so that a reloaded simulator opens the same page again.
  const at = () => tell({ type: "at", path: location.pathname + location.search + location.hash });
  for (const name of ["pushState", "replaceState"]) {
    const real = history[name];
    history[name] = function (...args) {
      const result = real.apply(this, args);
      at();
      return result;
    };
  }
  addEventListener("popstate", at);
  addEventListener("hashchange", at);
  at();

  // Errors at the start, and whether the page shows anything after them.
  const errors = [];
  let open = true;
  const blank = () => {
    const { body } = document;
    return !body || (body.innerText.trim() === "" && !body.querySelector("img,svg,canvas,video,iframe,input,button"));
  };
  const flush = () => {
    for (const message of errors.splice(0)) tell({ type: "threw", message, blank: blank() });
  };
  const threw = (message) => {
    if (open && errors.length < 5) errors.push(String(message).slice(0, 500));
    if (document.readyState === "complete") setTimeout(flush, 300);
  };
  addEventListener(
    "error",
    (event) => {
      const { target } = event;
      if (target instanceof HTMLScriptElement) return threw(`the script ${target.src} could not be loaded`);
      if (!(event instanceof ErrorEvent) || /^ResizeObserver/.test(event.message)) return;
      const place = event.filename ? ` (${event.filename.replace(location.origin, "")}:${event.lineno})` : "";
      threw(event.message + place);
    },
    true,
  );
  addEventListener("unhandledrejection", ({ reason }) => threw(`unhandled rejection: ${reason?.message ?? reason}`));
  addEventListener("load", () => {
    setTimeout(flush, 500);
    setTimeout(() => {
      flush();
      open = false;
    }, 3_000);
  });

  // What a WebView asks its shell for. The simulator answers by the consents.
  let last = 0;
  const may = (feature) =>
    new Promise((resolve) => {
      asked.set(++last, resolve);
      tell({ type: "may", id: last, feature });
      setTimeout(resolve, 5_000, false);
    });
  const refused = new Set();
  const refuse = (feature, why) => {
    if (!refused.has(feature)) tell({ type: "refused", feature, message: String(why ?? "").slice(0, 200) });
    refused.add(feature);
  };
  const denied = (error) => error?.name === "NotAllowedError" || error?.name === "SecurityError";

  const media = navigator.mediaDevices;
  const getUserMedia = media?.getUserMedia?.bind(media);
  if (getUserMedia) {
    media.getUserMedia = async (constraints) => {
      const features = [constraints?.video && "camera", constraints?.audio && "microphone"].filter(Boolean);
      for (const feature of features) if (!(await may(feature))) throw new DOMException("Permission denied", "NotAllowedError");
      return getUserMedia(constraints).catch((error) => {
        if (denied(error)) refuse(features.join(", "), error.message);
        throw error;
      });
    };
  }

  const places = navigator.geolocation;
  if (places) {
    const real = { get: places.getCurrentPosition.bind(places), watch: places.watchPosition.bind(places), clear: places.clearWatch.bind(places) };
    const watches = new Map();
    const failed = (onError) => (error) => {
      if (error.code === 1) refuse("geolocation", error.message);
      onError?.(error);
    };
    const noPlace = { code: 1, message: "Permission denied", PERMISSION_DENIED: 1, POSITION_UNAVAILABLE: 2, TIMEOUT: 3 };
    places.getCurrentPosition = (onPlace, onError, options) => {
      may("geolocation").then((yes) => (yes ? real.get(onPlace, failed(onError), options) : onError?.(noPlace)));
    };
    places.watchPosition = (onPlace, onError, options) => {
      const id = ++last;
      watches.set(id, undefined);
      may("geolocation").then((yes) => {
        if (!watches.has(id)) return;
        if (yes) watches.set(id, real.watch(onPlace, failed(onError), options));
        else onError?.(noPlace);
      });
      return id;
    };
    places.clearWatch = (id) => {
      if (watches.get(id) !== undefined) real.clear(watches.get(id));
      watches.delete(id);
    };
  }

  if (typeof ReportingObserver === "function") {
    const seen = (reports) => {
      for (const { body } of reports) refuse(body?.featureId ?? body?.policyId ?? "feature", body?.message);
    };
    new ReportingObserver(seen, { types: ["permissions-policy-violation"], buffered: true }).observe();
  }

  // Cookies that the page sets, so that they do not reach the next mini app on this port.
  const cookie = Object.getOwnPropertyDescriptor(Document.prototype, "cookie");
  if (cookie?.set && cookie.get) {
    Object.defineProperty(document, "cookie", {
      configurable: true,
      enumerable: true,
      get: () => cookie.get.call(document),
      set(line) {
        cookie.set.call(document, line);
        const name = /^\s*([\w!#$%&'*+.^`|~-]+)\s*=/.exec(line)?.[1];
        const path = /;\s*path\s*=\s*([^;]*)/i.exec(line)?.[1].trim() || location.pathname.replace(/\/[^/]*$/, "") || "/";
        if (name) cookie.set.call(document, `{{own}}${name}=${encodeURIComponent(path)}; path=/.selasar/; max-age=31536000; samesite=lax`);
      },
    });
  }
})();
