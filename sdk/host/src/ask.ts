import type {
  App,
  CameraSheet,
  ConsentSheet,
  DeeplinkSheet,
  DeviceReading,
  PaymentSheet,
  Problem,
  ShareSheet,
  URISheet,
} from "@selasar/protocol/openapi";

export type {
  Answer,
  AskedConsent,
  CameraAnswer,
  ConsentAnswer,
  DeeplinkAnswer,
  DeviceAnswer,
  Money,
  PaymentAnswer,
  Problem,
  ShareAnswer,
  URIAnswer,
} from "@selasar/protocol/openapi";

/** The part of the mini app that an ask shows. */
export type AskApp = App;

interface Asked {
  /** Why the server refused the previous answer. The ask is still open; ask the person again. */
  problem?: Problem;
}

/** Show the consent sheet: before the launch opens, or because a call needs a consent. */
export type ConsentAsk = ConsentSheet & Asked;

/** Show the payment sheet. */
export type PaymentAsk = PaymentSheet & Asked;

/** Show the target of a deeplink. */
export type DeeplinkAsk = DeeplinkSheet & Asked;

/** Show the share sheet of the device. */
export type ShareAsk = ShareSheet & Asked;

/** Take a picture, or let the person choose one. Upload it before the answer `taken`: {@link MiniAppSession.upload}. */
export type CameraAsk = CameraSheet & Asked;

/** Open an address outside the mini app. */
export type URIAsk = URISheet & Asked;

/** Read a value from the device. A server with a simulated device never sends such an ask. */
export type DeviceAsk = DeviceReading & Asked;

/** A question of the engine to the host, before it can finish a call or open a launch. */
export type Ask = ConsentAsk | PaymentAsk | DeeplinkAsk | ShareAsk | CameraAsk | URIAsk | DeviceAsk;

/** Why an ask's signal was aborted; the value of `signal.reason`. */
export type AskEnd = "settled" | "closed" | "launch_ended" | "page_gone" | "session_closed";
