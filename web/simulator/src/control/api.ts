import type {
  Answers,
  Consents,
  ConsentState,
  Credentials,
  Device,
  DeviceFile,
  Fault,
  Faulty,
  Message,
  NewUser,
  Notification,
  Patch,
  Payment,
  State,
  StateChange,
  User,
  UserChange,
  Wallet,
} from "./shapes";
import type { Language } from "@selasar/ui/text/text";
import type { Entry } from "../journal/entry";
import type { PageProblemData } from "../journal/events.gen";

/** A refusal of the control API: its message, with its stable code (`bad_request`, `not_found` ...). */
export class ControlError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

function send<T>(method: string, path: string, body?: unknown): Promise<T> {
  const init: RequestInit = { method, headers: { Accept: "application/json" } };
  if (body !== undefined) {
    init.headers = { Accept: "application/json", "Content-Type": "application/json" };
    init.body = JSON.stringify(body);
  }
  return sendInit<T>(path, init);
}

/** Sends the bytes of a file as the body. */
const sendFile = (path: string, file: File) =>
  sendInit<DeviceFile>(path, { method: "POST", headers: { Accept: "application/json", "Content-Type": file.type }, body: file });

async function sendInit<T>(path: string, init: RequestInit): Promise<T> {
  let answer: Response;
  try {
    answer = await fetch("/control/v1" + path, init);
  } catch {
    throw new ControlError("unreachable", "selasar dev does not answer");
  }
  const said: unknown = await answer.json().catch(() => null);
  if (!answer.ok) throw refusal(answer.status, said);
  return said as T;
}

function refusal(status: number, said: unknown): ControlError {
  const error = (said as { error?: { code?: unknown; message?: unknown } } | null)?.error;
  return new ControlError(String(error?.code ?? status), String(error?.message ?? `HTTP ${status}`));
}

export const control = {
  state: (since = "") => send<State | StateChange>("GET", "/state" + (since && `?since=${encodeURIComponent(since)}`)),
  journal: (after: number, limit: number, language: Language) =>
    send<{ entries: Entry[]; last: number }>("GET", `/journal?after=${after}&limit=${limit}&lang=${language}`),
  device: (patch: Patch<Device>) => send<Device>("PATCH", "/device", patch),
  shake: () => send<unknown>("POST", "/device/shake", {}),
  blow: () => send<unknown>("POST", "/device/blow", {}),
  answers: (patch: Partial<Answers>) => send<Answers>("PATCH", "/answers", patch),
  advance: (by: string) => send<State["clock"]>("POST", "/clock", { advance: by }),
  payments: () => send<{ payments: Payment[] }>("GET", "/payments"),
  makePayment: (body: { amount: number; title?: string; mini_app_id?: string }) =>
    send<{ deeplink: string; referenceNo: string }>("POST", "/payments", body),
  users: (cursor: string) => send<{ users: User[]; next?: string }>("GET", `/users?cursor=${encodeURIComponent(cursor)}`),
  createUser: (user: NewUser) => send<User>("POST", "/users", user),
  changeUser: (id: string, change: UserChange) => send<User>("PATCH", "/users", { id, ...change }),
  consents: () => send<Consents>("GET", "/consents"),
  setConsent: (name: string, state: ConsentState) => send<unknown>("PATCH", "/consents", { name, state }),
  setStatus: (status: "active" | "suspended") => send<unknown>("PATCH", "/mini-app", { status }),
  reportPage: (trouble: Partial<PageProblemData> & { launch_id?: string }) => send<unknown>("POST", "/page-troubles", trouble),
  addFile: (picture: File) => sendFile(`/files?name=${encodeURIComponent(picture.name)}`, picture),
  killPage: () => send<unknown>("POST", "/page/kill", {}),
  credentials: () => send<Credentials>("GET", "/credentials"),
  rotate: (revoke: boolean) => send<Credentials>("POST", "/credentials/rotate", { revoke }),
  messages: () => send<{ messages: Message[] }>("GET", "/messages"),
  dismiss: (id: string) => send<unknown>("DELETE", `/messages/${id}`),
  wallet: () => send<Wallet>("GET", "/wallet"),
  notifications: (payment = "") =>
    send<{ notifications: Notification[] }>("GET", "/notifications" + (payment && `?payment=${encodeURIComponent(payment)}`)),
  replay: (id: string) => send<Notification>("POST", `/notifications/${id}/replay`, {}),
  faults: () => send<{ faults: Fault[]; available: Faulty[] }>("GET", "/faults"),
  addFault: (fault: Partial<Fault>) => send<Fault>("POST", "/faults", fault),
  removeFault: (id: string) => send<unknown>("DELETE", `/faults/${id}`),
  removeFaults: () => send<unknown>("DELETE", "/faults"),
  reset: () => send<unknown>("POST", "/reset", {}),
};
