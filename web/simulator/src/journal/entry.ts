import type { CallAskData, CallCheckData, CallData, EventData, EventName, RequestData } from "./events.gen";

/** One entry of the journal. A call has two entries with one `call_id`: when it waits for a person, and when it settles. */
export interface Entry {
  seq: number;
  id: string;
  at: number;
  kind: Kind;
  /** Missing only in entries that are older than event names. */
  event?: EventName;
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

/** An entry of one of the events, with its data. */
export type EntryOf<Name extends EventName> = Omit<Entry, "event" | "detail"> &
  {
    [N in Name]: { event: N; detail: EventData[N] };
  }[Name];

/** Reports whether an entry is of one of the events. */
export function isOf<Name extends EventName>(entry: Entry, ...names: Name[]): entry is Entry & EntryOf<Name> {
  return names.some((name) => name === entry.event);
}

export type Check = CallCheckData;

export type AskRecord = Omit<CallAskData, "answer"> & { answer?: string | { answer?: string; data?: unknown } };

export type CallDetail = Omit<CallData, "asks"> & { asks?: AskRecord[] };

export type RequestDetail = RequestData;

/** Reports whether the entry's code is an HTTP status and not a JSAPI code. */
export const isHttp = ({ kind }: Entry) => kind === "request" || kind === "notification";

/** Returns the entry's detail, which may be any JSON; the page only relies on an object. */
export function detailOf<T extends object>(entry: Entry): Partial<T> {
  return typeof entry.detail === "object" && entry.detail !== null ? (entry.detail as Partial<T>) : {};
}

/** Returns the data of the newest entry that refused or ended a launch. */
export function endingOf(rows: readonly { entry: Entry }[], launchId: string | undefined): EventData["launch.ended"] | undefined {
  for (let i = rows.length - 1; launchId !== undefined && i >= 0; i--) {
    const { entry } = rows[i]!;
    if (entry.launch_id === launchId && isOf(entry, "launch.refused", "launch.ended")) return entry.detail;
  }
  return undefined;
}
