import { createServer } from "node:http";
import zlib from "node:zlib";
import { ASK, DOCUMENTED } from "./ways.mjs";

/** The compressions that this Node has. The server uses them whatever the request accepts. */
export const ENCODINGS = Object.fromEntries(
  Object.entries({
    gzip: zlib.gzipSync,
    br: zlib.brotliCompressSync,
    deflate: zlib.deflateSync,
    zstd: zlib.zstdCompressSync, // since Node 22.15
  }).filter(([, compress]) => compress),
);

/** A page that loads the script itself, and opens the other pages in frames when it is told to. Each arrives by its name. */
const board = (pages) => `<!doctype html><html lang="en"><head><title>board</title><script src="${DOCUMENTED}"></script><script>
window.results = {};
window.arrived = (name, problems) => (results[name] = problems);
window.openPages = () => ${JSON.stringify(Object.keys(pages))}.forEach((name, i) => {
  const frame = document.createElement("iframe");
  Object.assign(frame, { title: name, name, src: "/page/" + i + "/" });
  document.body.append(frame);
});
</script></head><body><h1>Board</h1></body></html>`;

function documentOf({ head, meta, nonce, whole }) {
  const policy = meta ? `<meta http-equiv="Content-Security-Policy" content="${meta}">` : "";
  const filled = head?.replaceAll(/\bN\b/g, nonce ? `nonce="${nonce}"` : "");
  return whole ?? `<!doctype html><html lang="en"><head><title>way</title>${policy}${filled}</head><body><p>way</p></body></html>`;
}

/**
 * Opens the mini app's own server. Page i of `pages` is at /page/i/: `{ head, whole, header, meta, nonce, encoding, type, headers }`, and
 * its files stand beside these by their names.
 */
export async function openSite(pages) {
  const list = Object.values(pages);
  const server = createServer((request, response) => {
    const [, number, file] = /^\/page\/(\d+)\/(.*)$/.exec(request.url) ?? [];
    const page = list[number];
    if (!page) return response.setHeader("Content-Type", "text/html").end(board(pages));
    for (const [name, value] of Object.entries(page.headers ?? {})) response.setHeader(name, value);
    if (file) return response.setHeader("Content-Type", "text/javascript").end(file === "ask.js" ? `${ASK}ask();` : ASK + page[file]);
    if (page.header) response.setHeader("Content-Security-Policy", page.header);
    response.setHeader("Content-Type", page.type ?? "text/html; charset=utf-8");
    if (!page.encoding) return response.end(documentOf(page));
    response.setHeader("Content-Encoding", page.encoding);
    response.end(ENCODINGS[page.encoding](documentOf(page)));
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
