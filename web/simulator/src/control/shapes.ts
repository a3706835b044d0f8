/** The JSON of the control API, as `selasar dev` speaks it. Times are milliseconds since the epoch. */

export interface Money {
  /** Rupiah with two decimals, e.g. "15000.00". */
  value: string;
  currency: string;
}

export interface Place {
  latitude: number;
  longitude: number;
}

export interface Path {
  points: Place[];
  speed_mps: number;
  loop: boolean;
  /** When the device stood at the first point, on the simulated clock; 0 in a change means now. */
  started_at?: number;
}

interface DeviceLocation extends Place {
  enabled: boolean;
  preset?: string | null;
  path?: Path | null;
}

export interface Device {
  os: "android" | "ios";
  os_version: string;
  brand: string;
  model: string;
  product: string;
  app_version: string;
  locale: "en_ID" | "id_ID";
  online: boolean;
  rooted: boolean;
  emulator: boolean;
  superapp: "ok" | "failing";
  location: DeviceLocation;
  wifi: { present: boolean; connected: boolean; ssid: string; bssid: string };
  uuid: string;
  idfa: string;
  idfv: string;
}

/** A merge patch (RFC 7396) of T. */
export type Patch<T> = { [K in keyof T]?: T[K] extends object ? Patch<T[K]> | null : T[K] | null };

export interface User {
  id: string;
  name: string;
  username: string;
  phone_number: string;
  email: string;
  gopay_account_id: string;
  balance: Money;
  coins: number;
  gems: number;
  bank?: { bank_code: string; account_name: string; account_number_masked: string } | null;
  current: boolean;
}

export type ConsentState = "given" | "refused" | "revoked" | "never_asked";

export interface Consent {
  name: string;
  state: ConsentState;
  at?: number | null;
  mandatory: boolean;
  reason: string;
}

export interface LedgerLine {
  id: string;
  name: string;
  action: "given" | "refused" | "revoked" | "forgotten";
  at: number;
  wording?: string;
  app_version?: string;
  launch_id?: string;
  source?: string;
}

export interface App {
  id: string;
  name: string;
  icon_url: string;
  generation: string;
  origin: string;
  entry_url: string;
  consents: { name: string; mandatory: boolean; reason: string }[];
  deeplinks: string[];
  status: "active" | "suspended";
}

export interface Answers {
  consent: "ask" | "allow" | "decline";
  payment: "ask" | "success" | "cancelled" | "failed" | "pending";
  deeplink: "ask" | "open";
}

export interface Target {
  kind: "command" | "url" | "folder";
  command?: string;
  url?: string;
  state: "starting" | "running" | "exited" | "none";
  message?: string;
}

export interface State {
  version: string;
  urls: { simulator: string; app: string; api: string; control: string };
  apps: App[];
  users: User[];
  current_user: string;
  device: Device;
  answers: Answers;
  clock: { now: number; offset_ms: number };
  consents: { name: string; state: ConsentState; at?: number | null }[];
  target: Target;
  faults: Fault[];
  /** The `seq` up to which a reset has taken the journal away. */
  journal_after: number;
}

/** A documented failure that an operation of the backend answers instead of its own. */
export interface Fault {
  id: string;
  operation: string;
  /** "" is the operation's own answer, late. */
  code: string;
  /** How often it is still given; 0 with `always`. */
  times: number;
  always: boolean;
  delay_ms: number;
  /** Everything is done all the same: only the answer is lost. */
  after: boolean;
}

/** An operation with the failures that the documentation lists for it. */
export interface Faulty {
  operation: string;
  api: string;
  codes: { code: string; message: string }[];
}

export interface Payment {
  reference_no: string;
  mini_app_id: string;
  amount: Money;
  title: string;
  /** How it was made: by hand, over BI-SNAP, as a Snap Checkout transaction. */
  via: "control" | "snap" | "checkout";
  /** The mini app's own number of the order. */
  partner_reference_no?: string;
  refunded: Money;
  refunds: Refund[];
  state: "created" | "pending" | "paid" | "cancelled" | "failed" | "expired";
  created_at: number;
  expires_at: number;
  settled_at?: number | null;
  user_id?: string | null;
  deeplink?: string;
}

export interface Refund {
  refund_no: string;
  partner_refund_no: string;
  amount: Money;
  reason: string;
  at: number;
}

/** What the backend sends to the user: a push in the shade, or a reminder on the home. */
export interface Message {
  id: string;
  kind: "push" | "reminder";
  mini_app_id: string;
  app_name: string;
  template_name: string;
  template_parameters: Record<string, unknown>;
  title: string;
  text: string;
  /** What a reminder's button says; it may be empty. */
  cta: string;
  created_at: number;
}

export type Unit = "IDR" | "COINS" | "GEMS";

/** One movement of a wallet, in whole rupiah, coins or gems. */
export interface Movement {
  id: string;
  at: number;
  unit: Unit;
  amount: number;
  balance: number;
  title: string;
  app_name?: string;
  /** What of a payment moved it: `paid`, `reward`, or the number of a refund. */
  cause?: string;
  /** Where the mini app shows this order. */
  order_history_url?: string;
}

export interface Wallet {
  balance: Money;
  coins: number;
  gems: number;
  entries: Movement[];
}

/** One message to the mini app's backend about a payment. */
export interface Notification {
  id: string;
  payment: string;
  /** Its place among those of the payment, from 1. */
  number: number;
  /** latestTransactionStatus. */
  status: string;
  state: "waiting" | "delivered" | "dead";
  attempts: number;
  next_at: number;
  created_at: number;
  ended_at: number;
  url: string;
  body: string;
  tries: Try[];
}

export interface Try {
  attempt: number;
  at: number;
  url: string;
  /** Of HTTP; 0 when there was no answer. */
  status: number;
  error: string;
  request_headers: Record<string, string>;
  response_headers: Record<string, string>;
  response_body: string;
  duration_us: number;
}

/** The set of a mini app, some of it in groups: `snap.client_key`. */
export interface Credentials {
  generation: number;
  made_at: number;
  /** Until when the generation before is taken; 0 when it is not. */
  previous_until: number;
  [name: string]: string | number | Record<string, string>;
}
