import type { App, LaunchState } from "@selasar/protocol/openapi";
import type { Answer, Ask } from "./ask.js";
import type { HostError } from "./problem.js";

export type { LaunchState } from "@selasar/protocol/openapi";

/** A mini app as the host protocol shows it. */
export type MiniApp = App;

/** Something that happened to the launch while it was open. */
export type LaunchEvent =
  | { name: "consent_changed"; event: "consent.changed"; data: { name: string; state: string } }
  | { name: "device_changed"; event: "device.changed"; data: Record<string, unknown> }
  | { name: "call_settled"; event: "call.settled"; data: { call_id: string; result: unknown } }
  | { name: "ask_closed"; event: "ask.closed"; data: { ask_id: string; reason: CloseReason } }
  | { name: "launch_ended"; event: "launch.ended"; data: { reason: string; message?: string } };

/** Why an ask was closed without an answer. */
export type CloseReason = "deadline" | "launch_ended" | "payment_cancelled";

/** What the page in the frame does: its document was loaded, said hello over the bridge, or left. */
export type PageState = "loaded" | "connected" | "gone";

/** What {@link openMiniApp} needs. */
export interface OpenOptions {
  /** Selasar's base URL, `http://localhost:7300`; "" means the page's own origin. */
  api: string;
  /** Which mini app; in `selasar dev` the only one when left out. */
  miniAppId?: string;
  /** Whose launch; in `selasar dev` the current user when left out. */
  userId?: string;
  /** Where on the mini app's own origin to open, such as `/orders?id=7`; its entry when left out. */
  path?: string;
  /** An empty frame of the caller's. The host sets its `name` and `src`. */
  frame: HTMLIFrameElement;
  /**
   * Puts an ask before the person and resolves with the answer. Asks for a person come one at a time, those for the
   * device at once.
   * The signal aborts when the ask is over without an answer (settled elsewhere, expired, page reloaded, launch ended);
   * close the sheet then. A rejection or undefined counts as "don't allow" for a consent or a deeplink,
   * "later" for a payment, "unavailable" for the device.
   * An answer that was not taken comes back as the same ask with `problem`, for example `insufficient_funds`.
   */
  onAsk(ask: Ask, signal: AbortSignal): Promise<Answer | undefined>;
  /** Told the state at once and then with every change; `reason` says why a launch was refused or ended. */
  onState?(state: LaunchState, reason: string | undefined): void;
  /** Told of the launch's events, after the session has dealt with them. */
  onEvent?(event: LaunchEvent): void;
  /** Told what the page in the frame does. */
  onPage?(page: PageState): void;
  /** Told of trouble that the session lives through, such as a lost connection. */
  onError?(error: HostError): void;
}

/** What the session has counted since it was opened. */
export interface SessionStats {
  /** Calls that the page made. */
  calls: number;
  /** Calls that were given their result. */
  settled: number;
  /** Calls whose page was gone before the result came. */
  dropped: number;
  /** Window messages with our marker from a wrong origin or window. */
  foreign: number;
  /** Messages that are no bridge message, or that say nothing new. */
  ignored: number;
}

/** One opening of a mini app. */
export interface MiniAppSession {
  readonly launchId: string;
  readonly app: MiniApp;
  readonly state: LaunchState;
  /** Why it was refused or has ended. */
  readonly reason: string | undefined;
  readonly stats: Readonly<SessionStats>;
  /**
   * Ends the launch, empties the frame, and removes every listener, port and socket. Safe to call twice.
   * The session calls it when the host page is reloaded, left or closed.
   */
  close(): Promise<void>;
}
