import { state } from "../control/live";
import { codeName } from "./code";
import { detailOf, isHttp, isOf, type CallDetail, type Entry, type RequestDetail } from "./entry";
import type { Language } from "../text/say";
import { NOUNS } from "./events.gen";

/** Returns the title of an entry; for a request with a long path, its method and the last two parts of the path. */
export function nameOf(entry: Entry): string {
  if (entry.kind !== "request") return entry.title;
  const { method = "", path = "" } = detailOf<RequestDetail>(entry);
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
  const user = isOf(entry, "launch.opened", "launch.asked") && state.get()?.users.find((u) => u.id === entry.user_id);
  return user ? `${rest} · ${user.name}` : rest;
}

/** Returns the rest of the line: the message, or else a summary of the result. */
export function messageOf(entry: Entry): string {
  if (entry.message) return entry.message;
  if (entry.kind === "call") return entry.code === undefined ? gist(detailOf<CallDetail>(entry).result?.data) : codeName(entry.code);
  if (entry.kind === "request") return refusalOf(detailOf<RequestDetail>(entry).response_body);
  if (isOf(entry, "user.changed")) return entry.detail.changed?.join(", ") ?? "";
  if (entry.kind === "user") return gist(entry.detail);
  return entry.kind === "device" ? gist(entry.detail) : "";
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

/** Returns a short summary of an object's first fields. */
function gist(value: unknown): string {
  if (typeof value !== "object" || value === null) return "";
  const said = Object.entries(value)
    .filter(([key]) => !key.endsWith("_id"))
    .slice(0, 3);
  return said.map(([key, item]) => `${key}: ${typeof item === "object" ? JSON.stringify(item) : String(item)}`).join(" · ");
}
