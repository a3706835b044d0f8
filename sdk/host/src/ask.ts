import type { App, ConsentSheet, DeeplinkSheet, DeviceReading, PaymentSheet, Problem } from "@selasar/protocol/openapi";

export type {
  Answer,
  AskedConsent,
  ConsentAnswer,
  DeeplinkAnswer,
  DeviceAnswer,
  Money,
  PaymentAnswer,
  Problem,
} from "@selasar/protocol/openapi";

/** What an ask shows of the mini app that made the call. */
export type AskApp = App;

interface Asked {
  /** Why the answer before was not taken. The ask is still open; ask the person again. */
  problem?: Problem;
}

/** Show the consent sheet: before the launch opens, or because a call needs one consent. */
export type ConsentAsk = ConsentSheet & Asked;

/** Show the payment sheet. */
export type PaymentAsk = PaymentSheet & Asked;

/** Show where a deeplink leads. */
export type DeeplinkAsk = DeeplinkSheet & Asked;

/** Read something from the device. A server with a simulated device never sends one. */
export type DeviceAsk = DeviceReading & Asked;

/** What the engine needs from the host before it can finish a call or open a launch. */
export type Ask = ConsentAsk | PaymentAsk | DeeplinkAsk | DeviceAsk;

/** Why an ask's signal was aborted; stands in `signal.reason`. */
export type AskEnd = "settled" | "closed" | "launch_ended" | "page_gone" | "session_closed";
