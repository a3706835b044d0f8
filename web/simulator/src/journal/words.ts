import { state } from "../control/live";
import { codeName } from "./code";
import { groupOf, isHttp, type Entry } from "./entry";
import type { Language } from "../text/say";
import { NOUNS } from "./events.gen";

/** Returns the title of an entry; for a request with a long path, its method and the last two parts of the path. */
export function nameOf(entry: Entry): string {
  const group = groupOf(entry);
  if (group.of !== "request") return entry.title;
  const { method, path } = group.entry.detail;
  const parts = path.split("/").filter(Boolean);
  return parts.length > 2 ? `${method} …/${parts.slice(-2).join("/")}` : entry.title;
}

/** Splits the name of a request before its last part, so that a narrow column cuts the middle. Other names have no end. */
export function nameParts(entry: Entry): [start: string, end: string] {
  if (entry.kind !== "request") return [nameOf(entry), ""];
  const { title } = entry;
  const cut = title.lastIndexOf("/");
  return cut < 1 ? [title, ""] : [title.slice(0, cut), title.slice(cut)];
}

/** Returns the title without the noun of its kind, which is in the column before. For a new launch it names the user. */
export function titleOf(entry: Entry, language: Language): string {
  const noun = entry.event && NOUNS[entry.event]?.[language];
  const rest = noun ? entry.title.slice(noun.length + 1) : entry.title;
  const user = groupOf(entry).of === "start" && state.get()?.users.find((u) => u.id === entry.user_id);
  return user ? `${rest} · ${user.name}` : rest;
}

/** Returns the rest of the line: the message, or else a summary of the result. */
export function messageOf(entry: Entry): string {
  if (entry.message) return entry.message;
  const group = groupOf(entry);
  switch (group.of) {
    case "call":
      return entry.code === undefined ? resultGist(group.entry.detail.result) : codeName(entry.code);
    case "request":
      return refusalOf(group.entry.detail.response_body);
    case "change":
      return group.entry.detail.changed?.join(", ") ?? "";
    case "gist":
      return gist(group.entry.detail);
    default:
      return "";
  }
}

/** Returns the JSAPI code to show. An HTTP status has its own column. */
export function codeOf(entry: Entry): string {
  return entry.code === undefined || isHttp(entry) ? "" : String(entry.code);
}

/** Returns the HTTP status of a request, or of the response to a notification. */
export function statusOf(entry: Entry): string {
  return isHttp(entry) ? String(entry.code ?? "") : "";
}

/** Returns the error message of a backend API, from either of its envelopes. */
function refusalOf(body: unknown): string {
  const { error, responseCode, responseMessage, success } = (body ?? {}) as {
    error?: { code?: string; description?: string };
    responseCode?: string;
    responseMessage?: string;
    success?: boolean;
  };
  if (success === true || responseCode?.startsWith("2")) return "";
  return [error?.code, error?.description ?? responseMessage].filter(Boolean).join(" ");
}

/** The members of every envelope, which say nothing about the call. */
const ENVELOPE = new Set(["success", "data", "error", "ret"]);

/** Returns a short summary of a result: its data, or what gpContainer has beside the data. */
function resultGist(result: object | undefined): string {
  if (!result) return "";
  const { data } = result as { data?: unknown };
  if (typeof data === "string") return data; // a JSON text, for old versions of the app
  return gist(data) || gist(Object.fromEntries(Object.entries(result).filter(([name]) => !ENVELOPE.has(name))));
}

/** Returns a short summary of an object's first fields. */
function gist(value: unknown): string {
  if (typeof value !== "object" || value === null) return "";
  const said = Object.entries(value)
    .filter(([key]) => !key.endsWith("_id"))
    .slice(0, 3);
  return said.map(([key, item]) => `${key}: ${typeof item === "object" ? JSON.stringify(item) : String(item)}`).join(" · ");
}
