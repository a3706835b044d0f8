import type { CallAskData, CallCheckData, CallData, EventName, LaunchMoveData, Told } from "./events.gen";

export type { EventName, Kind } from "./events.gen";

/** The members that every entry has. A call has two entries with one `call_id`: when it waits for a person, and when it settles. */
interface Common {
  seq: number;
  id: string;
  at: number;
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
}

/** One entry of the journal. `event` decides the kind and the type of `detail`. */
export type Entry = Common & Told;

/** An entry of one of the events. */
export type EntryOf<Name extends EventName> = Extract<Entry, { event: Name }>;

/** The names of the events that begin with one of the words: "call" for `call.opened` and so on. */
type NamesOf<Word extends string> = Extract<EventName, `${Word}.${string}`>;

export type CallEntry = EntryOf<NamesOf<"call">>;
export type RequestEntry = EntryOf<NamesOf<"request">>;
export type NotificationEntry = EntryOf<NamesOf<"notification">>;
type StartEntry = EntryOf<"launch.opened" | "launch.asked">;
type EndEntry = EntryOf<"launch.refused" | "launch.ended">;
type ChangeEntry = EntryOf<"user.changed">;
type GistEntry = EntryOf<"user.added" | "user.switched" | "device.changed" | "device.shaken" | "device.blown" | "analytics.tracked">;

/** The entries that the page shows by their texts and their plain data. A new event is added here or gets a group of its own. */
type PlainEntry =
  | Extract<Entry, { event?: undefined }>
  | EntryOf<
      | NamesOf<"subscription" | "job" | "answer" | "consent" | "credential" | "mini_app" | "code" | "message" | "reward">
      | NamesOf<"headers" | "page" | "command" | "payment" | "refund" | "answers" | "clock" | "fault">
      | "launch.allowed"
      | "launch.blocked"
      | "device.shaken"
      | "device.blown"
      | "analytics.tracked"
    >;

/** An entry by the way in which the page shows it. */
export type Group =
  | { of: "call"; entry: CallEntry }
  | { of: "request"; entry: RequestEntry }
  | { of: "notification"; entry: NotificationEntry }
  | { of: "start"; entry: StartEntry }
  | { of: "end"; entry: EndEntry }
  | { of: "change"; entry: ChangeEntry }
  | { of: "gist"; entry: GistEntry }
  | { of: "plain"; entry: PlainEntry };

/**
 * Returns the group of an entry. It is the only place that decides by names of events. The compiler refuses an event that
 * neither has a case here nor is one of {@link PlainEntry}.
 */
export function groupOf(entry: Entry): Group {
  switch (entry.event) {
    case "call.opened":
    case "call.succeeded":
    case "call.failed":
      return { of: "call", entry };
    case "request.answered":
    case "request.replayed":
    case "request.failed":
      return { of: "request", entry };
    case "notification.queued":
    case "notification.replayed":
    case "notification.delivered":
    case "notification.failed":
    case "notification.dead":
    case "notification.unaddressed":
      return { of: "notification", entry };
    case "launch.opened":
    case "launch.asked":
      return { of: "start", entry };
    case "launch.refused":
    case "launch.ended":
      return { of: "end", entry };
    case "user.changed":
      return { of: "change", entry };
    case "user.added":
    case "user.switched":
    case "device.changed":
    case "device.shaken":
    case "device.blown":
    case "analytics.tracked":
      return { of: "gist", entry };
    default:
      return { of: "plain", entry };
  }
}

export type Check = CallCheckData;

/** An ask of a call. Its answer is an object, or text that was not JSON or too long. */
export type AskRecord = Omit<CallAskData, "answer"> & { answer?: string | { answer?: string; data?: unknown } };

/** Returns the asks of a call, oldest first; none for another entry. */
export function asksOf(entry: Entry): AskRecord[] {
  const group = groupOf(entry);
  return group.of === "call" ? ((group.entry.detail.asks ?? []) as AskRecord[]) : [];
}

/** Reports whether gpContainer has a method of this name, `Class.method`; MiniAppSDK's names have no class. */
export const isContainer = (method: string): boolean => method.includes(".");

/** Returns a member of a call's parameters, which may be any JSON. */
export function paramOf({ params }: CallData, name: string): unknown {
  return typeof params === "object" && params !== null ? (params as Record<string, unknown>)[name] : undefined;
}

/** Reports whether the entry's code is an HTTP status and not a JSAPI code. */
export const isHttp = ({ kind }: Entry) => kind === "request" || kind === "notification";

/** Returns the data of the newest entry that refused or ended a launch. */
export function endingOf(rows: readonly { entry: Entry }[], launchId: string | undefined): LaunchMoveData | undefined {
  for (let i = rows.length - 1; launchId !== undefined && i >= 0; i--) {
    const group = groupOf(rows[i]!.entry);
    if (group.entry.launch_id === launchId && group.of === "end") return group.entry.detail;
  }
  return undefined;
}
