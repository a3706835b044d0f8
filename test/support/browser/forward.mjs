import { createServer, request } from "node:http";

/**
 * A proxy that sends a request for any host name to the same port of this machine. With it, WebKit reaches the names
 * under .example that the tests use as foreign sites. Requests by https and requests to GoPay end here.
 * @param refused gets the address of a request to GoPay
 */
export async function openForward(refused) {
  const server = createServer((incoming, outgoing) => {
    const { port, pathname, search, hostname } = new URL(incoming.url);
    if (isGoPay(hostname)) {
      refused(incoming.url);
      outgoing.destroy();
      return;
    }
    const onward = request(
      { host: "127.0.0.1", port, path: pathname + search, method: incoming.method, headers: incoming.headers },
      (answer) => {
        outgoing.writeHead(answer.statusCode, answer.headers);
        answer.pipe(outgoing);
      },
    );
    onward.on("error", () => outgoing.destroy());
    incoming.pipe(onward);
  });
  server.on("connect", ({ url }, socket) => {
    if (isGoPay(url.split(":")[0])) refused(`https://${url}`);
    socket.destroy();
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    port: server.address().port,
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

/** Reports whether a host is one of GoPay's, which no test may reach. */
export const isGoPay = (hostname) => /(^|\.)(gopayapi\.com|gopay\.co\.id)$/.test(hostname);
