import { createServer } from "node:http";
import zlib from "node:zlib";
import { ASK } from "./ways.mjs";

/** The compressions that this Node has. The server uses them whatever the request accepts. */
export const ENCODINGS = Object.fromEntries(
  Object.entries({
    gzip: zlib.gzipSync,
    br: zlib.brotliCompressSync,
    deflate: zlib.deflateSync,
    "bare deflate": zlib.deflateRawSync,
    zstd: zlib.zstdCompressSync, // since Node 22.15
  }).filter(([, compress]) => compress),
);

/** The policies of the pages: a header or an element. A page has a nonce where its policy names one. */
export const POLICIES = {
  none: {},
  strict: {
    header: "default-src 'none'; script-src 'self' https://gwk.gopayapi.com; connect-src 'self'; base-uri 'none'; object-src 'none'",
  },
  nonces: { header: "script-src 'nonce-abc' 'strict-dynamic' 'unsafe-inline' https:; object-src 'none'; base-uri 'none'", nonce: "abc" },
  "in meta": { meta: "default-src 'none'; script-src 'self' https://gwk.gopayapi.com/sdk/stable/gp-container.min.js" },
  "default-src only": { header: "DEFAULT-SRC 'self' *.gopayapi.com" },
};

/**
 * Opens the mini app's own server. `page` is what it serves at each path but that of a file: `{ head, header, meta, nonce, encoding, type,
 * headers, whole }` with the files of the page by their path.
 */
export async function openSite() {
  const site = { page: { head: "" }, requests: [] };
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    const { page } = site;
    if (pathname.endsWith(".js") || pathname === "/sw.js") {
      site.requests.push(pathname);
      response.setHeader("Content-Type", "text/javascript");
      for (const [name, value] of Object.entries(page.headers ?? {})) response.setHeader(name, value);
      return response.end(pathname === "/ask.js" ? `${ASK}ask();` : pathname === "/way.js" ? ASK + page["/way.js"] : page[pathname]);
    }
    if (pathname === "/favicon.ico") return response.writeHead(204).end();
    for (const [name, value] of Object.entries(page.headers ?? {})) response.setHeader(name, value);
    if (page.header) response.setHeader("Content-Security-Policy", page.header);
    response.setHeader("Content-Type", page.type ?? "text/html; charset=utf-8");
    const meta = page.meta ? `<meta http-equiv="Content-Security-Policy" content="${page.meta}">` : "";
    const nonce = page.nonce ? `nonce="${page.nonce}"` : "";
    const html =
      page.whole ??
      `<!doctype html><html lang="en"><head><title>way</title>${meta}${page.head.replaceAll(/\bN\b/g, nonce)}</head><body><h1>Way</h1></body></html>`;
    if (!page.encoding) return response.end(html);
    response.setHeader("Content-Encoding", page.encoding.replace("bare ", ""));
    response.end(ENCODINGS[page.encoding](html));
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  return Object.assign(site, {
    url: `http://127.0.0.1:${server.address().port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  });
}
