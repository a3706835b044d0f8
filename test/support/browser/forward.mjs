import { createServer, request } from "node:http";

/**
 * A proxy that sends a request for any host name to the same port of this machine. With it, WebKit reaches the names
 * under .example that the tests use as foreign sites.
 */
export async function openForward() {
  const server = createServer((incoming, outgoing) => {
    const { port, pathname, search } = new URL(incoming.url);
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
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    port: server.address().port,
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
