import { createHash } from "node:crypto";
import { DOCUMENTED } from "./ways.mjs";

/** The policies under which every way of loading works: in a header or in an element, with the nonce of the page's scripts. */
export const POLICIES = {
  strict: { header: "default-src 'none'; script-src 'self' https://gwk.gopayapi.com; base-uri 'none'; object-src 'none'" },
  nonces: { header: "script-src 'nonce-abc' 'strict-dynamic' 'unsafe-inline' https:; object-src 'none'; base-uri 'none'", nonce: "abc" },
  "in meta": { meta: `default-src 'none'; script-src 'self' ${DOCUMENTED}` },
  "nonces in meta": { meta: "script-src 'nonce-abc' 'strict-dynamic'", nonce: "abc" },
  "default-src only": { header: "DEFAULT-SRC 'self' *.gopayapi.com" },
  "several headers": {
    headers: { "Content-Security-Policy": ["script-src 'self' https:, img-src 'none'", "script-src-elem 'self' https://gwk.gopayapi.com"] },
  },
  reporting: { headers: { "Content-Security-Policy-Report-Only": "default-src 'self' https://gwk.gopayapi.com; report-uri /none" } },
  isolated: { headers: { "Cross-Origin-Embedder-Policy": "require-corp", "Cross-Origin-Opener-Policy": "same-origin" } },
  helmet: {
    header:
      "default-src 'self';base-uri 'self';script-src 'self' https://gwk.gopayapi.com;script-src-attr 'none';upgrade-insecure-requests",
  },
};

const trustedTypes = { header: "require-trusted-types-for 'script'; trusted-types app; script-src 'self' https://gwk.gopayapi.com" };
const map = `{"imports":{"shop":"./way.js","gp":"${DOCUMENTED}"}}`;
const hash = createHash("sha256").update(map).digest("base64");

/** Pages whose policy or import map is part of the way. */
export const SPECIAL = {
  "trusted types": {
    ...trustedTypes,
    head: `<script src="way.js"></script>`,
    "way.js": `const app = window.trustedTypes?.createPolicy("app", { createScriptURL: (url) => url }); // an older browser has none
      const script = document.createElement("script");
      let refused = false;
      try { if (app) script.src = "${DOCUMENTED}"; } catch { refused = true; }
      script.src = app ? app.createScriptURL("${DOCUMENTED}") : "${DOCUMENTED}";
      document.head.append(script);
      script.onload = function reported() {
        if (!app) return ask();
        if (problems.length === 0) return setTimeout(reported, 20); // the report comes later than the exception
        if (!refused || problems.length > 1) return problems.push("a plain string was not refused once");
        problems.length = 0; // the page's own mistake
        ask();
      };`,
  },
  "the page's import map": {
    head: `<script type="importmap">${map}</script><script type="module">import "shop";</script>`,
    "way.js": `import "gp"; import "${DOCUMENTED}?v=1"; ask();`,
  },
  "the page's import map by its hash": {
    header: `script-src 'self' https://gwk.gopayapi.com 'sha256-${hash}'`,
    head: `<script type="importmap">${map}</script><script type="module" src="way.js"></script>`,
    "way.js": `import("gp").then(() => import("${DOCUMENTED}")).then(ask);`,
  },
  "the page's import map by its hash in meta": {
    meta: `script-src 'self' https://gwk.gopayapi.com 'sha256-${hash}'`,
    head: `<script type="importmap">${map}</script><script type="module" src="way.js"></script>`,
    "way.js": `import("gp").then(() => import("${DOCUMENTED}")).then(ask);`,
  },
  XHTML: {
    type: "application/xhtml+xml",
    whole: `<?xml version="1.0"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"><head><title>way</title><script src="${DOCUMENTED}"/>
      <script src="ask.js"/></head><body/></html>`,
  },
  "early hints and a Link header": {
    headers: { Link: `<${DOCUMENTED}>; rel=preload; as=script, <https://gwk.gopayapi.com>; rel=preconnect` },
    head: `<script src="${DOCUMENTED}"></script><script src="ask.js"></script>`,
  },
};

/** Pages whose own policy refuses GoPay's script, as on the phone: the script never comes. */
export const REFUSED = {
  "self only": {
    header: "script-src 'self'",
    head: `<script src="${DOCUMENTED}"></script><script src="way.js"></script>`,
    "way.js": "refused();",
  },
  "self only, in code": {
    meta: "script-src 'self'",
    head: `<script src="way.js"></script>`,
    "way.js": `const script = document.createElement("script"); script.onerror = refused; script.src = "${DOCUMENTED}"; document.head.append(script);`,
  },
};
