import type { CallAskData, CallCheckData, CallData, EventData, EventName, RequestData } from "./events.gen";

/** One line of the journal as the server sends it. A call comes twice under one `call_id`: when it opens and when it settles. */
export interface Entry {
  seq: number;
  id: string;
  at: number;
  kind: Kind;
  /** Missing only in entries from before events had names. */
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

/** An entry of some events, with their data. */
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

/** Whether the entry's code is a status of HTTP and no code of the JSAPIs. */
export const isHttp = ({ kind }: Entry) => kind === "request" || kind === "notification";

/** Detail is whatever the server says; an object or nothing is all we count on. */
export function detailOf<T extends object>(entry: Entry): Partial<T> {
  return typeof entry.detail === "object" && entry.detail !== null ? (entry.detail as Partial<T>) : {};
}

/** The data of the entry that tells how a launch was refused or ended, the newest of several. */
export function endingOf(rows: readonly { entry: Entry }[], launchId: string | undefined): EventData["launch.ended"] | undefined {
  for (let i = rows.length - 1; launchId !== undefined && i >= 0; i--) {
    const { entry } = rows[i]!;
    if (entry.launch_id === launchId && isOf(entry, "launch.refused", "launch.ended")) return entry.detail;
  }
  return undefined;
}
