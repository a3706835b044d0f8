import type { App, LaunchState } from "@selasar/protocol/openapi";
import type { Answer, Ask } from "./ask.js";
import type { HostError } from "./problem.js";

export type { LaunchState } from "@selasar/protocol/openapi";

/** A mini app as the host protocol shows it. */
export type MiniApp = App;

/** An event of the launch while it was open. */
export type LaunchEvent =
  | { name: "consent_changed"; event: "consent.changed"; data: { name: string; state: string } }
  | { name: "device_changed"; event: "device.changed"; data: Record<string, unknown> }
  | { name: "call_settled"; event: "call.settled"; data: { call_id: string; result: unknown } }
  | { name: "ask_closed"; event: "ask.closed"; data: { ask_id: string; reason: CloseReason } }
  | { name: "launch_ended"; event: "launch.ended"; data: { reason: string; message?: string } };

/** Why an ask was closed without an answer. */
export type CloseReason = "deadline" | "launch_ended" | "payment_cancelled" | "page_gone" | "answered" | "settled_elsewhere";

/** The page's state in the frame: its document was loaded, it said hello over the bridge, or it left. */
export type PageState = "loaded" | "connected" | "gone";

/** The options of {@link openMiniApp}. */
export interface OpenOptions {
  /** Selasar's base URL, `http://localhost:7300`; "" means the page's own origin. */
  api: string;
  /** The mini app's id; `selasar dev` defaults to its only mini app. */
  miniAppId?: string;
  /** The user's id; `selasar dev` defaults to the current user. */
  userId?: string;
  /** The path to open on the mini app's own origin, such as `/orders?id=7`; defaults to the entry. */
  path?: string;
  /** An empty frame, which the caller owns. The host sets its `name` and `src`. */
  frame: HTMLIFrameElement;
  /**
   * Shows an ask to the person and resolves with the answer. Asks for a person come one at a time, asks for the
   * device immediately.
   * The signal aborts when the ask ends without an answer (settled elsewhere, expired, page reloaded, launch ended);
   * close the sheet then. A rejection or undefined counts as "don't allow" for a consent or a deeplink,
   * "later" for a payment, "unavailable" for the device.
   * After a refused answer, the same ask comes again with `problem`, for example `insufficient_funds` or `offline`.
   * Calls of the same question share one ask.
   */
  onAsk(ask: Ask, signal: AbortSignal): Promise<Answer | undefined>;
  /** Gets the first state immediately, then every change; `reason` explains why a launch was refused or ended. */
  onState?(state: LaunchState, reason: string | undefined): void;
  /** Gets the launch's events, after the session has handled them. */
  onEvent?(event: LaunchEvent): void;
  /** Gets the page's state in the frame. */
  onPage?(page: PageState): void;
  /** Gets errors that do not end the session, such as a lost connection. */
  onError?(error: HostError): void;
}

/** The session's counters since it was opened. */
export interface SessionStats {
  /** Calls of the page. */
  calls: number;
  /** Calls that got their result. */
  settled: number;
  /** Calls whose page was gone before the result arrived. */
  dropped: number;
  /** Window messages with the bridge's marker, but from a wrong origin or window. */
  foreign: number;
  /** Messages that are not of the protocol, or that change nothing. */
  ignored: number;
}

/** One launch of a mini app. */
export interface MiniAppSession {
  readonly launchId: string;
  readonly app: MiniApp;
  readonly state: LaunchState;
  /** Why the launch was refused or has ended. */
  readonly reason: string | undefined;
  readonly stats: Readonly<SessionStats>;
  /**
   * Ends the launch, empties the frame, and removes every listener, port and socket. Safe to call twice.
   * The session calls it when the host page is reloaded, left or closed.
   */
  close(): Promise<void>;
}
