// Users and sessions of the super app. Selasar knows neither: it gets a user's id, and nothing else.

import { createHash, randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";

const derive = promisify(scrypt);
/** The users, with salted hashes of their passwords (scrypt). README.md has the two passwords. */
const users = JSON.parse(readFileSync(new URL("users.json", import.meta.url)));

const cookie = "superapp_session";
const sessionHours = 8;
const failures = { most: 5, within: 60_000 };

const problem = (status, message) => Object.assign(new Error(message), { status });
const hash = (token) => createHash("sha256").update(token).digest("hex");

/** Sessions in memory: a restart logs everybody out. */
export class Login {
  #sessions = new Map(); // by the hash of the cookie's value
  #failed = new Map(); // times of failed attempts, by the name of a user

  /** Checks a name and a password, and begins a session. */
  async begin({ name, password }, request, response) {
    if (typeof name !== "string" || typeof password !== "string") throw problem(400, "a name and a password are needed");
    const user = users.find((one) => one.id === name);
    const failed = (this.#failed.get(user?.id) ?? []).filter((at) => Date.now() - at < failures.within);
    if (failed.length >= failures.most) throw problem(429, "too many attempts; wait a minute");
    // An unknown name takes as long as a wrong password.
    const { salt, key } = user ?? users[0];
    const given = await derive(password, Buffer.from(salt, "base64"), 32);
    if (!timingSafeEqual(given, Buffer.from(key, "base64")) || !user) {
      if (user) this.#failed.set(user.id, [...failed, Date.now()]);
      throw problem(403, "the name or the password is wrong");
    }
    this.#failed.delete(user.id);
    const token = randomBytes(32).toString("base64url");
    this.#sessions.set(hash(token), { user, until: Date.now() + sessionHours * 3_600_000 });
    setCookie(request, response, token, sessionHours * 3600);
    return { id: user.id, name: user.name };
  }

  /** Returns the user of a request's session, or undefined. */
  user(request) {
    const session = this.#sessions.get(hash(readCookie(request)));
    return session && session.until > Date.now() ? session.user : undefined;
  }

  /** Ends the session of a request. */
  end(request, response) {
    this.#sessions.delete(hash(readCookie(request)));
    setCookie(request, response, "", 0);
  }
}

function readCookie({ headers }) {
  const pairs = (headers.cookie ?? "").split("; ").map((pair) => pair.split("="));
  return pairs.find(([name]) => name === cookie)?.[1] ?? "";
}

function setCookie({ headers }, response, value, seconds) {
  const secure = headers["x-forwarded-proto"] === "https" ? "; Secure" : "";
  response.setHeader("Set-Cookie", `${cookie}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure}`);
}
