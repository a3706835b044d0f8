// A small web super app for `selasar serve`: its own login, a list of mini apps, and a page that embeds one.
//
//   server.mjs    the requests of the page
//   login.mjs     users and sessions
//   operator.mjs  requests to Selasar's operator API
//   page/         the page: plain JavaScript, no build step

import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { Login } from "./login.mjs";
import { Operator, readConfig } from "./operator.mjs";

const page = new URL("page/", import.meta.url);
const types = { js: "text/javascript", css: "text/css", html: "text/html" };
const files = ["/app.js", "/phone.js", "/sheets.js", "/style.css"];

/** Returns the listener for the requests of a server. `env` has the addresses of Selasar and the API keys. */
export function superapp(env) {
  const config = readConfig(env);
  const app = { config, login: new Login(), operator: new Operator(config) };
  return (request, response) =>
    serve(app, request, response).catch((cause) => {
      if (!cause.status) console.error(`${request.method} ${request.url}: ${cause.message}`);
      send(response, cause.status ?? 500, { error: cause.status ? cause.message : "something went wrong" });
    });
}

const problem = (status, message) => Object.assign(new Error(message), { status });

async function serve({ config, login, operator }, request, response) {
  const { pathname } = new URL(request.url, "http://superapp");
  if (request.method === "GET" && pathname === "/") return index(config, response);
  if (request.method === "GET" && files.includes(pathname)) return file(pathname, response);

  const run = routes[`${request.method} ${pathname}`];
  if (!run) throw problem(404, "there is no such path");
  if (request.method === "POST") checkOrigin(request);
  const user = login.user(request);
  if (!user && pathname !== "/api/login") throw problem(401, "log in first");
  const input = request.method === "POST" ? await readJSON(request) : {};
  send(response, 200, (await run({ login, operator, request, response, user, input })) ?? {});
}

/** The requests of the page. All but the login need a session. */
const routes = {
  "POST /api/login": ({ login, input, request, response }) => login.begin(input, request, response),
  "POST /api/logout": ({ login, request, response }) => login.end(request, response),
  "GET /api/me": ({ user }) => ({ id: user.id, name: user.name }),
  "GET /api/mini-apps": ({ operator }) => operator.miniApps(),
  "POST /api/launches": ({ operator, user, input }) => operator.open(user.id, input),
  "GET /api/consents": ({ operator, user }) => operator.shared(user.id),
  "POST /api/consents/withdraw": ({ operator, user, input }) => operator.withdraw(user.id, input),
};

/** Refuses a request that another site's page sends with the person's cookie. */
function checkOrigin({ headers }) {
  if (headers.origin !== undefined && headers.origin.replace(/^https?:\/\//, "") !== headers.host)
    throw problem(403, "this request comes from another site");
}

const most = 16 << 10;

async function readJSON(request) {
  let text = "";
  for await (const chunk of request.setEncoding("utf8")) {
    text += chunk;
    if (text.length > most) throw problem(413, "the request is too long");
  }
  try {
    return JSON.parse(text || "{}") ?? {};
  } catch {
    throw problem(400, "the request is not JSON");
  }
}

/** Sends the page. Its policy lets it load scripts from itself and from Selasar only. */
async function index({ selasar }, response) {
  const nonce = randomBytes(16).toString("base64");
  const socket = selasar.replace(/^http/, "ws");
  const policy = [
    "default-src 'none'",
    `script-src 'self' ${selasar} 'nonce-${nonce}'`,
    "style-src 'self'",
    `connect-src 'self' ${selasar} ${socket}`,
    "img-src data:",
    "frame-src https: http://localhost:* http://127.0.0.1:*",
    "frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  ];
  const text = await readFile(new URL("index.html", page), "utf8");
  response.setHeader("Content-Security-Policy", policy.join("; "));
  response.setHeader("Referrer-Policy", "no-referrer");
  sendFile(response, "html", text.replaceAll("{{selasar}}", selasar).replaceAll("{{nonce}}", nonce));
}

async function file(pathname, response) {
  sendFile(response, pathname.split(".").at(-1), await readFile(new URL(`.${pathname}`, page)));
}

function sendFile(response, extension, content) {
  const headers = {
    "Content-Type": `${types[extension]}; charset=utf-8`,
    "Cache-Control": "no-cache",
    "X-Content-Type-Options": "nosniff",
  };
  response.writeHead(200, headers).end(content);
}

function send(response, status, value) {
  const headers = { "Content-Type": "application/json", "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff" };
  response.writeHead(status, headers).end(JSON.stringify(value));
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const port = Number(process.env.PORT ?? 8080);
  createServer(superapp(process.env)).listen(port, "127.0.0.1", () => console.log(`the super app listens on http://localhost:${port}`));
}
