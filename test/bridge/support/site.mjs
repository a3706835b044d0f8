import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname } from "node:path";

const types = { ".html": "text/html", ".js": "text/javascript", ".mjs": "text/javascript" };
const folders = {
  "/sdk/client/": "internal/webui/sdk/miniapp-client/dist/",
  "/sdk/host/": "internal/webui/sdk/miniapp-host/dist/",
  "/sdk/container/": "internal/webui/sdk/gp-container/dist/",
  "/": "test/bridge/pages/",
};

/** Serves the built SDKs and the test's pages. `extra` sees each request first and returns true if it has handled it. */
async function respond(request, response, extra) {
  if (await extra?.(request, response)) return;
  const { pathname } = new URL(request.url, "http://x");
  const [prefix, folder] = Object.entries(folders).find(([start]) => pathname.startsWith(start));
  try {
    const body = await readFile(folder + pathname.slice(prefix.length));
    response.writeHead(200, {
      "content-type": `${types[extname(pathname)] ?? "text/plain"}; charset=utf-8`,
      "access-control-allow-origin": "*",
      "cache-control": "max-age=600",
    });
    response.end(body);
  } catch {
    response.writeHead(404).end();
  }
}

/** A site on a free port of this machine: `url("name.example", "/page.html")` returns its URL under any host name. */
export async function openSite(extra) {
  const server = createServer((request, response) => respond(request, response, extra));
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  server.unref(); // a test that fails before it closes its site must not keep the process running
  const { port } = server.address();
  return {
    server,
    port,
    url: (path = "", host = "localhost") => `http://${host}:${port}${path}`,
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
