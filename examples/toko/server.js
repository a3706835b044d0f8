// Toko is a small shop as a mini app, paid with the official Midtrans client.
//
//   server.js    the API for the page and for notifications
//   midtrans.js  requests to the platform
//   orders.js    the items and the orders
//   page/        the page

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { configure, genuine, notifyPath } from "./midtrans.js";
import { Orders, shelf } from "./orders.js";

const page = new URL("page/", import.meta.url);
const files = { "/app.js": "text/javascript", "/style.css": "text/css", "/icon.svg": "image/svg+xml" };

/** Returns toko's HTTP server, which does not listen yet. */
export function toko(env) {
  const till = openTill(configure(env));

  async function serve(request, response) {
    const { pathname } = new URL(request.url, "http://toko");
    if (pathname === "/") return send(response, 200, "text/html", await index(env));
    if (files[pathname]) return send(response, 200, files[pathname], await readFile(new URL(`.${pathname}`, page)));
    const text = await body(request);
    const notified = pathname === notifyPath && request.method === "POST";
    const [status, answer] = notified ? await notify(till, request, text) : await api(till, request.method, pathname, text);
    send(response, status, "application/json", JSON.stringify(answer));
  }

  return createServer((request, response) => {
    serve(request, response).catch((cause) => {
      const status = cause instanceof SyntaxError ? 400 : (cause.status ?? 502);
      console.error(`${request.method} ${request.url}: ${cause.message}`);
      send(response, status, "application/json", JSON.stringify({ error: cause.message }));
    });
  });
}

/** Opens the till: the orders, and what a page can have done to one of them. */
function openTill(midtrans) {
  const orders = new Orders();
  const made = new Map(); // payments by order number

  /** Asks the platform for the state of an order's payment. Nothing else sets an order to paid. */
  async function ask(order) {
    orders.stand(order, await midtrans.status(order));
    return order;
  }

  /** Makes the payment of an order by BI-SNAP or Snap Checkout. An order has only one payment, because two could both be paid. */
  async function once(order, way) {
    if (order.way && order.way !== way)
      throw Object.assign(new Error("this order already has a payment of the other kind"), { status: 409 });
    order.way = way;
    if (!made.has(order)) made.set(order, midtrans[way](order));
    try {
      return await made.get(order);
    } catch (cause) {
      made.delete(order);
      delete order.way;
      throw cause;
    }
  }

  const act = {
    async payment(order) {
      const { reference, deeplink } = await once(order, "pay");
      order.reference = reference;
      return { order, deeplink };
    },
    async checkout(order) {
      const { token } = await once(order, "checkout");
      return { order, token };
    },
    async cancel(order) {
      await midtrans.cancel(order);
      return ask(order);
    },
    async refund(order) {
      await midtrans.refund(order);
      return ask(order);
    },
  };
  return { orders, ask, act };
}

/** Receives a payment notification: checks it, ignores a repeated one, and asks the platform for the state. After an error, the platform retries. */
async function notify({ orders, ask }, request, text) {
  const payload = JSON.parse(text);
  if (!genuine(payload, request.headers)) return [401, { responseCode: "4015600", responseMessage: "Unauthorized. Signature" }];
  const id = request.headers["x-external-id"];
  const order = orders.get(payload.originalPartnerReferenceNo);
  if (order && orders.isNew(id)) {
    await ask(order);
    orders.heed(id, order, payload.latestTransactionStatus);
  }
  return [200, { responseCode: "2005600", responseMessage: "Request has been processed successfully" }];
}

/** Serves the page's requests. */
async function api({ orders, ask, act }, method, path, text) {
  const [, , , number, action] = path.split("/");
  if (method === "GET" && path === "/api/shelf") return [200, shelf];
  if (method === "POST" && path === "/api/orders") {
    const order = orders.add(JSON.parse(text).id);
    return order ? [201, order] : [400, { error: "there is no such item" }];
  }
  const order = orders.get(number);
  if (!order) return [404, { error: "there is no such order" }];
  if (method === "GET" && action === undefined) return [200, await ask(order)];
  if (method === "POST" && Object.hasOwn(act, action)) return [200, await act[action](order)];
  return [404, { error: "there is no such path" }];
}

/** Returns the page with the addresses of the platform's scripts, and the origins of the web super apps that may embed it. */
async function index(env) {
  const text = await readFile(new URL("index.html", page), "utf8");
  return text
    .replaceAll("{{api}}", env.SELASAR_API_URL)
    .replaceAll("{{clientKey}}", env.SELASAR_CHECKOUT_CLIENT_KEY)
    .replaceAll("{{hostOrigins}}", env.TOKO_HOST_ORIGINS ?? "");
}

const most = 64 << 10;

async function body(request) {
  let text = "";
  for await (const chunk of request.setEncoding("utf8")) {
    text += chunk;
    if (text.length > most) throw new SyntaxError("the body is too long");
  }
  return text;
}

function send(response, status, type, content) {
  response.writeHead(status, { "Content-Type": `${type}; charset=utf-8`, "Cache-Control": "no-store" });
  response.end(content);
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const port = Number(process.env.PORT ?? 8080);
  toko(process.env).listen(port, "127.0.0.1", () => console.log(`toko listens on 127.0.0.1:${port}`));
}
