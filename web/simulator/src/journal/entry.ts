/** One line of the journal as the server sends it. A call comes twice under one `call_id`: when it opens and when it settles. */
export interface Entry {
  seq: number;
  id: string;
  at: number;
  kind: Kind;
  mini_app_id?: string;
  user_id?: string;
  launch_id?: string;
  call_id?: string;
  payment?: string;
  title: string;
  outcome: "ok" | "failed" | "open" | "info" | "warning";
  code?: string | number;
  message?: string;
  next?: string;
  duration_us?: number;
  detail?: unknown;
}

export type Kind =
  | "launch"
  | "consent"
  | "call"
  | "ask"
  | "answer"
  | "request"
  | "payment"
  | "notification"
  | "message"
  | "reward"
  | "mini_app"
  | "fault"
  | "credential"
  | "device"
  | "user"
  | "clock"
  | "page"
  | "command"
  | "warning";

export interface Check {
  step: number;
  name: string;
  ok: boolean;
  note?: string;
}

export interface AskRecord {
  id: string;
  kind: string;
  opened_at: number;
  answered_at?: number | null;
  answer?: string | { answer?: string; data?: unknown };
  by?: string;
}

export interface CallDetail {
  method?: string;
  params?: unknown;
  checks?: Check[];
  asks?: AskRecord[];
  result?: { success: boolean; data: unknown; error: { code: number; message: string } | null } | null;
}

export interface RequestDetail {
  method?: string;
  path?: string;
  query?: Record<string, unknown>;
  status?: number;
  request_headers?: Record<string, unknown>;
  request_body?: unknown;
  response_body?: unknown;
}

/** Whether the entry's code is a status of HTTP and no code of the JSAPIs. */
export const isHttp = ({ kind }: Entry) => kind === "request" || kind === "notification";

/** Detail is whatever the server says; an object or nothing is all we count on. */
export function detailOf<T extends object>(entry: Entry): Partial<T> {
  return typeof entry.detail === "object" && entry.detail !== null ? (entry.detail as Partial<T>) : {};
}
