/** The address at which GoPay documents its script. */
export const DOCUMENTED = "https://gwk.gopayapi.com/sdk/stable/gp-container.min.js";

/** What every page does first, and at its end: it waits for `gpContainer` as shipping wrappers do, and tells the board. */
export const ASK = `
window.problems = [];
document.addEventListener("securitypolicyviolation", ({ disposition, violatedDirective, blockedURI }) => {
  window.problems.push([disposition, violatedDirective, blockedURI].join(" "));
});
window.ask = () => {
  if (typeof window.gpContainer?.call !== "function") return setTimeout(ask, 20);
  setTimeout(() => parent.arrived(window.name, window.problems), 50);
};
window.refused = () => parent.arrived(window.name, window.gpContainer ? ["gpContainer exists"] : []);`;

const inCode = (more = "") => `
const script = document.createElement("script");
${more}
script.src = "${DOCUMENTED}";
script.onload = ask;
document.head.append(script);`;

/** A wrapper as a bundler writes it: it does not insert the script twice, and waits for it. */
const WRAPPER = `(() => {
  "use strict";
  var cache;
  function load(url, attributes) {
    return cache ??= new Promise(function (resolve, reject) {
      if (document.querySelector('script[src="' + url + '"]')) return resolve();
      var element = document.createElement("script");
      for (var name in attributes) element.setAttribute(name, attributes[name]);
      element.addEventListener("load", resolve);
      element.addEventListener("error", function () { reject(new Error("Error loading SDK")); });
      var first = document.getElementsByTagName("script")[0];
      first.parentNode.insertBefore(element, first);
      element.setAttribute("src", url);
    });
  }
  load("${DOCUMENTED}", { async: "", crossorigin: "anonymous", integrity: "sha384-${"A".repeat(64)}" }).then(ask, function (error) { window.problems.push(String(error)); });
})();`;

/**
 * The ways in which a page loads the script: its elements, and the files that they name. N is where a nonce stands.
 */
export const WAYS = {
  tag: { head: `<script src="${DOCUMENTED}" N></script><script src="ask.js" N></script>` },
  "tag with integrity": {
    head: `<link rel="preconnect" href="https://gwk.gopayapi.com"><link rel=preload as=script href=${DOCUMENTED} integrity="sha384-${"A".repeat(64)}" crossorigin N>
      <SCRIPT SRC = '//gwk.gopayapi.com/sdk/stable/gp-container.min.js?v=1&amp;x' integrity="sha384-${"A".repeat(64)}" crossorigin="anonymous" N></SCRIPT><script src="ask.js" N></script>`,
  },
  "async tag": { head: `<script async src="${DOCUMENTED}" N></script><script src="ask.js" N></script>` },
  code: { head: `<script src="way.js" N></script>`, "way.js": inCode() },
  "dynamic import": { head: `<script src="way.js" N></script>`, "way.js": `import("${DOCUMENTED}").then(ask);` },
  "static import": { head: `<script type="module" src="way.js" N></script>`, "way.js": `import "${DOCUMENTED}"; ask();` },
  wrapper: { head: `<script src="way.js" N></script>`, "way.js": WRAPPER },
  "late code": {
    head: `<script src="way.js" N></script>`,
    "way.js": `addEventListener("load", () => setTimeout(() => {${inCode()}}, 300));`,
  },
};

/** Ways that only a policy without 'strict-dynamic' and trusted types allows: they write markup. */
export const WRITTEN = {
  "document.write": {
    head: `<script src="way.js"></script>`,
    "way.js": `document.write('<script src="${DOCUMENTED}"><' + '/script>'); addEventListener("load", ask);`,
  },
  "a fragment": {
    head: `<script src="way.js"></script>`,
    "way.js": `document.head.append(document.createRange().createContextualFragment('<script async src=${DOCUMENTED}?a=1&amp;b></script>')); ask();`,
  },
  "a link in innerHTML": {
    head: `<script src="way.js"></script>`,
    "way.js": `document.head.insertAdjacentHTML("beforeend", '<link rel="preload" as="script" href="${DOCUMENTED}">');
      document.documentElement.append(document.createElement("p"));
      document.querySelector("p").innerHTML = '<link rel="preload" as="script" href="${DOCUMENTED}">'; ${inCode()}`,
  },
  "an attribute node": {
    head: `<script src="way.js"></script>`,
    "way.js": `const a = document.createAttribute("src"); a.value = "${DOCUMENTED}";
      const script = document.createElement("script"); script.setAttributeNode(a); document.head.append(script); ask();`,
  },
  "a base": {
    head: `<base href="https://gwk.gopayapi.com/sdk/stable/"><script src="gp-container.min.js"></script><script>${ASK}ask();</script>`,
  },
  "new Function": { head: `<script src="way.js"></script>`, "way.js": `new Function(${JSON.stringify(inCode())})();` },
};
