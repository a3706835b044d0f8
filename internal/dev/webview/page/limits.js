/** Takes from the page what a WebView does not give. */
function limit({ refuse }) {
  remove(navigator, "share");
  remove(navigator, "canShare");
  limitClipboard(refuse);
  stopDefaults(refuse);
  replace(self, "open", (real, that, args) => {
    const [url, target] = args;
    if (isKnownWindow(target)) return Reflect.apply(real, that, args);
    refuse("window_refused", "window.open", url);
    return null;
  });
  replace(HTMLFormElement.prototype, "submit", (real, that, args) => {
    const refusal = refusalOf(that);
    if (!refusal) return Reflect.apply(real, that, args);
    refuse(...refusal);
  });
  self.navigation?.addEventListener("navigate", (event) => {
    const { url } = event.destination;
    if (!event.cancelable || !isFile(url)) return;
    event.preventDefault();
    refuse("download_refused", schemeOf(url), url);
  });
}

/** A WebView has no permission for the clipboard, except to write text right after a tap. */
function limitClipboard(refuse) {
  if (typeof Clipboard !== "function") return;
  const deny = (feature, why) => {
    refuse("clipboard_refused", feature, undefined, why);
    const what = feature.startsWith("read") ? "Read" : "Write";
    return Promise.reject(new DOMException(`${what} permission denied.`, "NotAllowedError"));
  };
  for (const feature of ["read", "readText", "write"]) replace(Clipboard.prototype, feature, () => deny(feature));
  replace(Clipboard.prototype, "writeText", (real, that, args) =>
    navigator.userActivation?.isActive === false ? deny("writeText", "no tap just before") : Reflect.apply(real, that, args),
  );
}

const isFile = (url) => /^\s*(blob|data):/i.test(url);
const schemeOf = (url) => `${url.trim().split(":", 1)[0].toLowerCase()}:`;

/** Reports whether a target names a window that exists already. */
function isKnownWindow(target) {
  const wanted = String(target ?? "");
  if (/^_(self|parent|top)$/i.test(wanted)) return true;
  if (wanted === "" || wanted.startsWith("_")) return false;
  return wanted === name || [...document.querySelectorAll("iframe[name],frame[name]")].some((one) => one.name === wanted);
}

/** Returns why a WebView does not follow a link or send a form: the reason, the feature and the address. */
function refusalOf(element, submitter) {
  const form = element instanceof HTMLFormElement;
  const attribute = (name) => (form ? submitter?.getAttribute(`form${name}`) : undefined) ?? element.getAttribute(name);
  const address = form ? attribute("action") : element.href;
  const url = typeof address === "string" ? address : (address?.baseVal ?? "");
  if (isFile(url)) return ["download_refused", schemeOf(url), url];
  if (!form && url === "") return undefined;
  const target = attribute("target") ?? document.querySelector("base[target]")?.target ?? "";
  return target === "" || isKnownWindow(target) ? undefined : ["window_refused", form ? "a form's target" : "a link's target", url];
}
