import { once } from "node:events";
import { createServer } from "node:http";

/**
 * A proxy between the platform and a mini app's backend, for notifications. While it is shut, it accepts notifications and
 * does not answer; when it is open, it forwards them.
 * @param backend the origin that gets the notifications
 */
export async function openGate(backend) {
  const gate = { shut: true, taken: [], passed: [] };
  const waiting = new Set();
  const tell = () => waiting.forEach((look) => look());
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const told = { id: request.headers["x-external-id"], status: JSON.parse(body).latestTransactionStatus };
    gate.taken.push(told);
    tell();
    if (gate.shut) return;
    const { host, connection, "content-length": _, ...headers } = request.headers;
    const answer = await fetch(backend + request.url, { method: "POST", headers, body });
    response.writeHead(answer.status, { "Content-Type": "application/json" }).end(await answer.text());
    gate.passed.push({ ...told, answered: answer.status });
    tell();
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  return Object.assign(gate, {
    url: `http://127.0.0.1:${server.address().port}`,
    /** Waits until the list of taken or passed notifications has one of this status. */
    hears: (list, status) =>
      new Promise((resolve) => {
        const look = () => {
          const found = gate[list].find((told) => told.status === status);
          if (!found) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
    close() {
      server.closeAllConnections();
      server.close();
    },
  });
}
