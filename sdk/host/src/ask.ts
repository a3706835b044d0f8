/** What an ask shows of the mini app that wants something. */
export interface AskApp {
  name: string;
  icon_url: string;
  origin: string;
}

/** An amount in the form of BI-SNAP, `{value: "15000.00", currency: "IDR"}`. */
export interface Money {
  value: string;
  currency: string;
}

/** An error of Selasar's own APIs, with a stable code such as `insufficient_funds`. */
export interface Problem {
  code: string;
  message: string;
}

interface AskBase {
  id: string;
  /** When it expires, in ms since the epoch on the server's clock. */
  expires_at: number;
  /** Why the answer before was not taken. The ask is still open; ask the person again. */
  problem?: Problem;
}

/** One consent that the sheet lists. */
export interface AskedConsent {
  name: string;
  title: { en: string; id: string };
  /** A mandatory one cannot be left out of an `allow`. */
  mandatory: boolean;
  /** The mini app's own reason. */
  reason: string;
}

/** Show the consent sheet: before the launch opens, or because a call wants one consent. */
export interface ConsentAsk extends AskBase {
  kind: "consent";
  phase: "launch" | "call";
  app: AskApp;
  consents: AskedConsent[];
}

/** Show the payment sheet. */
export interface PaymentAsk extends AskBase {
  kind: "payment";
  app: AskApp;
  payment: { reference_no: string; amount: Money; title: string; expires_at: number };
  wallet: { balance: Money; sufficient: boolean };
}

/** Show where a deeplink leads. */
export interface DeeplinkAsk extends AskBase {
  kind: "deeplink";
  app: AskApp;
  deeplink: string;
}

/** Read something from the device. A server with a simulated device never sends these. */
export interface DeviceAsk extends AskBase {
  kind: "location" | "system_info" | "wifi_info";
}

/** What the engine needs from the host before it can finish a call or open a launch. */
export type Ask = ConsentAsk | PaymentAsk | DeeplinkAsk | DeviceAsk;

/** Answers a {@link ConsentAsk}. Without `consents` an `allow` means all of them. */
export type ConsentAnswer = { answer: "allow"; consents?: string[] } | { answer: "decline" };

/** Answers a {@link PaymentAsk}. */
export interface PaymentAnswer {
  answer: "success" | "cancelled" | "failed" | "pending";
}

/** Answers a {@link DeeplinkAsk}. */
export interface DeeplinkAnswer {
  answer: "open" | "decline";
}

/** Answers a {@link DeviceAsk}. */
export type DeviceAnswer = { answer: "ok"; data: Record<string, unknown> } | { answer: "denied" | "unavailable" | "failed" };

/** The answer to an ask. */
export type Answer = ConsentAnswer | PaymentAnswer | DeeplinkAnswer | DeviceAnswer;

/** Why an ask's signal was aborted; stands in `signal.reason`. */
export type AskEnd = "settled" | "closed" | "launch_ended" | "page_gone" | "session_closed";
