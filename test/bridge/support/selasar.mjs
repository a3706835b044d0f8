import { WebSocketServer } from "ws";
import { openSite } from "./site.mjs";

const json = (response, status, value) => {
  response.writeHead(status, { "content-type": "application/json", "access-control-allow-origin": "*" });
  response.end(value === undefined ? undefined : JSON.stringify(value));
};
const read = async (request) => {
  let text = "";
  for await (const chunk of request) text += chunk;
  return text ? JSON.parse(text) : {};
};

/**
 * A scripted server of the host protocol: the test sets the reply to each call and answer.
 * `script.call(method, params, launch)` and `script.answer(ask, answer, launch)` return `{result}`, `{ask}` or
 * `{error: {code, message}}`; a promise that never settles is a hanging server.
 */
export class Selasar {
  launches = new Map();
  received = [];
  answers = [];
  /** The ids of asks that the host has withdrawn, because the page was gone. */
  withdrawn = [];
  /** The numbers of the pages that have gone. */
  left = [];
  sockets = new Set();
  hellos = [];
  script = {
    launch: () => ({ state: "open" }),
    call: () => ({ result: { success: true, data: {}, error: null } }),
    answer: () => ({ result: { success: true, data: {}, error: null } }),
    background: () => ({ subscriptions: [], jobs: [] }),
    capabilities: () => ({ app_version: "2.10.0", methods: { getLocation: { available: true, min_version: "1.36.0" } } }),
  };

  static async open(entryUrl) {
    const selasar = new Selasar();
    selasar.entryUrl = entryUrl;
    selasar.site = await openSite((request, response) => selasar.http(request, response));
    selasar.wss = new WebSocketServer({ noServer: true, maxPayload: 4 << 20 });
    selasar.site.server.on("upgrade", (request, socket, head) => {
      if (selasar.refusing) return socket.destroy();
      selasar.wss.handleUpgrade(request, socket, head, (ws) => selasar.connected(ws, request.url.split("/").at(-2)));
    });
    return selasar;
  }

  async http(request, response) {
    const path = new URL(request.url, "http://x").pathname;
    if (!path.startsWith("/host/")) return false;
    if (this.refusing) {
      request.socket.destroy();
      return true;
    }
    const [, , noun, id] = path.slice(1).split("/");
    if (noun === "launches" && !id) json(response, 201, this.launch(await read(request)));
    else if (noun === "launches" && request.method === "DELETE") {
      this.forget(id);
      response.writeHead(204).end();
    } else if (path.endsWith("/background")) json(response, 200, this.script.background());
    else if (noun === "launches") this.standing(id, response);
    else await this.answerOverHttp(id, await read(request), response);
    return true;
  }

  launch(body) {
    const launch_id = `launch-${this.launches.size + 1}`;
    const origin = new URL(this.entryUrl).origin;
    const app = { id: "kopi", name: "Kopi", icon_url: "/icon", origin, generation: "webview" };
    const launch = { launch_id, token: `token-${launch_id}`, entry_url: this.entryUrl, app, asks: [], body, ...this.script.launch(body) };
    this.launches.set(launch_id, launch);
    return launch;
  }

  forget(id) {
    this.launches.get(id).gone = true;
  }

  standing(id, response) {
    const launch = this.launches.get(id);
    if (!launch || launch.gone) return json(response, 404, { error: { code: "launch_unknown", message: "no such launch" } });
    json(response, 200, {
      launch_id: id,
      state: launch.state,
      entry_url: launch.entry_url,
      reason: launch.reason,
      message: launch.message,
      asks: launch.asks,
    });
  }

  async answerOverHttp(id, answer, response) {
    this.answers.push({ id, answer, over: "http" });
    const reply = await this.script.answer({ id }, answer);
    if (reply.error) json(response, 409, reply);
    else json(response, 200, reply);
  }

  connected(ws, id) {
    this.sockets.add(ws);
    ws.on("close", () => this.sockets.delete(ws));
    ws.on("message", async (data) => {
      const message = JSON.parse(data);
      const reply = await this.reply(message, this.launches.get(id));
      if (reply) ws.send(JSON.stringify(reply));
    });
  }

  async reply({ id, type, ...rest }, launch) {
    if (type === "hello") {
      this.hellos.push(rest);
      return rest.token === launch?.token ? { type: "ready" } : { type: "error", error: { code: "unauthorized", message: "wrong token" } };
    }
    let reply;
    if (type === "call") {
      this.received.push(rest);
      reply = { call_id: `call-${this.received.length}`, ...(await this.script.call(rest.method, rest.params, launch)) };
    } else if (type === "answer") {
      this.answers.push({ id: rest.ask_id, answer: rest.answer, over: "socket" });
      reply = await this.script.answer({ id: rest.ask_id }, rest.answer, launch);
    } else if (type === "leave") {
      this.left.push(rest.page);
      reply = {};
    } else if (type === "withdraw") {
      this.withdrawn.push(rest.ask_id);
      reply = { call_id: "", result: { success: true, data: null, error: null } };
    } else {
      reply = await this.script.capabilities(launch);
    }
    return reply.error ? { id, type: "error", error: reply.error } : { id, type: "reply", ...reply };
  }

  /** Sends an event to every open launch; a report has a number. */
  emit(name, data, seq) {
    for (const ws of this.sockets) ws.send(JSON.stringify({ type: "event", event: { name, event: name.replace("_", "."), seq, data } }));
  }

  /** Breaks every connection, like a killed process, and refuses new ones until `restart`. */
  crash() {
    this.refusing = true;
    for (const ws of this.sockets) ws.terminate();
  }

  restart() {
    this.refusing = false;
  }

  async close() {
    for (const ws of this.sockets) ws.terminate();
    this.wss.close();
    await this.site.close();
  }
}
