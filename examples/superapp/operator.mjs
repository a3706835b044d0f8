// Requests to Selasar's operator API, server to server. The keys stay in this process.

import { randomUUID } from "node:crypto";

const problem = (status, message) => Object.assign(new Error(message), { status });

/** Reads the addresses and the keys from the environment. */
export function readConfig(env) {
  const missing = ["SUPERAPP_LAUNCH_KEY", "SUPERAPP_CATALOGUE_KEY"].filter((name) => !env[name]);
  if (missing.length > 0) throw new Error(`the super app needs ${missing.join(" and ")}; README.md says how to make the keys`);
  return {
    selasar: env.SELASAR_URL ?? "http://127.0.0.1:7300", // public: the page uses it, too
    operator: env.SELASAR_OPERATOR_URL ?? "http://127.0.0.1:7400",
    launchKey: env.SUPERAPP_LAUNCH_KEY, // its only scope is launches:create
    catalogueKey: env.SUPERAPP_CATALOGUE_KEY, // its only scope is mini-apps:read
  };
}

/** The device of a web super app, for the version gate of a mini app's methods. */
const device = { os: "android", app_version: "2.45.0", locale: "en_ID" };

/** The operator API of a platform. */
export class Operator {
  #config;

  constructor(config) {
    this.#config = config;
  }

  /** Returns the id and the name of each mini app that a user can open. */
  async miniApps() {
    const apps = [];
    let after = "";
    do {
      const path = `/mini-apps?limit=100${after && `&cursor=${encodeURIComponent(after)}`}`;
      const { mini_apps, next } = await this.#call("GET", path, this.#config.catalogueKey);
      apps.push(...mini_apps.filter(({ status }) => status === "active").map(({ id, name }) => ({ id, name })));
      after = next ?? "";
    } while (after);
    return apps;
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
