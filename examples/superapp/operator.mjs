// Requests to Selasar's operator API, server to server. The keys stay in this process.

import { randomUUID } from "node:crypto";

const problem = (status, message) => Object.assign(new Error(message), { status });

/** Reads the addresses and the keys from the environment. */
export function readConfig(env) {
  const missing = ["SUPERAPP_LAUNCH_KEY", "SUPERAPP_CATALOGUE_KEY", "SUPERAPP_CONSENTS_KEY"].filter((name) => !env[name]);
  if (missing.length > 0) throw new Error(`the super app needs ${missing.join(", ")}; README.md says how to make the keys`);
  return {
    selasar: env.SELASAR_URL ?? "http://127.0.0.1:7300", // public: the page uses it, too
    operator: env.SELASAR_OPERATOR_URL ?? "http://127.0.0.1:7400",
    launchKey: env.SUPERAPP_LAUNCH_KEY, // its only scope is launches:create
    catalogueKey: env.SUPERAPP_CATALOGUE_KEY, // its only scope is mini-apps:read
    consentsKey: env.SUPERAPP_CONSENTS_KEY, // its scopes are consents:read and consents:write
  };
}

/** The device of a web super app, for the version gate of a mini app's methods. */
const device = { os: "android", app_version: "2.45.0", locale: "en_ID" };

const user = (id) => `/users/${encodeURIComponent(id)}`;

/** The operator API of a platform. */
export class Operator {
  #config;

  constructor(config) {
    this.#config = config;
  }

  /** Returns the id and the name of each mini app that a user can open. */
  async miniApps() {
    const apps = await this.#list("/mini-apps", "mini_apps", this.#config.catalogueKey);
    return apps.filter(({ status }) => status === "active").map(({ id, name }) => ({ id, name }));
  }

  /** Returns what a user shares now, and with which mini app. The ledger lists all decisions, oldest first. */
  async shared(userId) {
    const entries = await this.#list(`${user(userId)}/consents`, "consents", this.#config.consentsKey);
    const last = new Map(entries.map((entry) => [`${entry.mini_app_id}/${entry.name}`, entry]));
    return [...last.values()].filter(({ state }) => state === "given").map(({ mini_app_id, name }) => ({ mini_app_id, name }));
  }

  /** Withdraws a consent of a user. The next call that needs it is refused, also in an open mini app. */
  async withdraw(userId, { mini_app_id, name }) {
    if (typeof mini_app_id !== "string" || typeof name !== "string") throw problem(400, "mini_app_id and name are needed");
    const body = { mini_app_id, consents: [name], source: "settings" };
    return this.#call("POST", `${user(userId)}/consents/withdraw`, this.#config.consentsKey, body);
  }

  /** Opens a mini app for a user. Returns what the page needs: the launch with its token, and no key. */
  async open(userId, { mini_app_id }) {
    if (typeof mini_app_id !== "string") throw problem(400, "mini_app_id is missing");
    const wish = { mini_app_id, user_id: userId, device };
    const { launch_id, token, state, entry_url, app, ask, reason, message } = await this.#call(
      "POST",
      "/launches",
      this.#config.launchKey,
      wish,
    );
    return { launch_id, token, state, entry_url, app, ask, reason, message };
  }

  /** Reads all pages of a list. */
  async #list(path, name, key) {
    const rows = [];
    let cursor = "";
    do {
      const answer = await this.#call("GET", `${path}?cursor=${encodeURIComponent(cursor)}`, key);
      rows.push(...answer[name]);
      cursor = answer.next;
    } while (cursor);
    return rows;
  }

  async #call(method, path, key, body) {
    const response = await fetch(`${this.#config.operator}/admin/v1${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${key}`,
        ...(body && { "Content-Type": "application/json", "Idempotency-Key": randomUUID() }),
      },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(10_000),
    });
    const answer = await response.json();
    if (response.ok) return answer;
    const { code, message } = answer.error;
    if (response.status === 401) throw new Error(`Selasar refuses the key of ${path}: ${message}`);
    throw problem(response.status === 404 || code === "mini_app_suspended" ? response.status : 502, message);
  }
}
