import { state } from "../control/live";
import { groupOf, isContainer, type CallEntry, type Entry, type RequestEntry } from "./entry";

export function asJson(entry: Entry): string {
  return JSON.stringify(entry, null, 2);
}

/** Returns a shell command for the same call or request; null for other rows. Masked secrets become variables. */
export function asCurl(entry: Entry): string | null {
  const group = groupOf(entry);
  if (group.of === "call") return callCurl(group.entry);
  return group.of === "request" ? requestCurl(group.entry) : null;
}

const api = () => state.get()?.urls.api ?? location.origin;

function callCurl(entry: CallEntry): string | null {
  const { method, params } = entry.detail;
  if (!entry.launch_id) return null;
  return lines([
    `curl ${quoted(`${api()}/host/v1/launches/${entry.launch_id}/calls`)}`,
    '-H "Authorization: Bearer $LAUNCH_TOKEN"',
    "-H 'Content-Type: application/json'",
    `-d ${quoted(JSON.stringify({ ...(isContainer(method) && { dialect: "container" }), method, params: params ?? {} }))}`,
  ]);
}

function requestCurl({ detail }: RequestEntry): string {
  const { method, path, query, request_headers, request_body } = detail;
  const headers = Object.entries(request_headers ?? {}).filter(([name]) => !DROPPED.has(name.toLowerCase()));
  const search = new URLSearchParams(Object.entries(query ?? {}).map(([name, value]) => [name, String(value)])).toString();
  return lines([
    `curl -X ${method} ${quoted(api() + path + (search && "?" + search))}`,
    ...headers.map(([name, value]) => header(name, String(value))),
    ...(request_body === undefined || request_body === null || request_body === ""
      ? []
      : [`-d ${quoted(typeof request_body === "string" ? request_body : JSON.stringify(request_body))}`]),
  ]);
}

const DROPPED = new Set(["host", "content-length", "connection", "user-agent", "accept-encoding", "accept"]);

/** Returns a header as an option of curl; Basic authentication has its own option. */
function header(name: string, value: string): string {
  if (name.toLowerCase() !== "authorization") return `-H ${quoted(`${name}: ${value}`)}`;
  return /^basic/i.test(value) ? '-u "$SELASAR_CLIENT_ID:$SELASAR_CLIENT_SECRET"' : '-H "Authorization: Bearer $AUTH_TOKEN"';
}

/** Joins the parts of one command over several lines. */
const lines = (parts: string[]) => parts.join(" \\\n  ");

const quoted = (text: string) => "'" + text.replaceAll("'", "'\\''") + "'";
