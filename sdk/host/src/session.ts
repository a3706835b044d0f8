import type { App, Background, EndReason, Launch, LaunchEvent, LaunchState } from "@selasar/protocol/openapi";
import type { Answer, Ask } from "./ask.js";
import type { HostError } from "./problem.js";

export type { Background, EndReason, LaunchEvent, LaunchState } from "@selasar/protocol/openapi";

/** A mini app as the host protocol shows it. */
export type MiniApp = App;

/** Why a launch was refused or has ended. */
export interface Ending {
  /** A stable code: of Selasar, `session_closed` by this host, or the code of the {@link HostError} that ended the session. */
  reason: EndReason | "session_closed" | (string & {});
  /** The reason in words. Selasar writes them in the browser's language. */
  message: string;
}

/** The page's state in the frame: its document was loaded, it said hello over the bridge, or it left. */
export type PageState = "loaded" | "connected" | "gone";

/** The members of an operator's answer that a host needs. Further members are ignored. */
export type OpenedLaunch = Required<Pick<Launch, "launch_id" | "token" | "state" | "entry_url" | "app">> &
  Pick<Launch, "ask" | "reason" | "message">;

/** The options of {@link openMiniApp}. */
export interface OpenOptions {
  /**
   * Selasar's base URL, `http://localhost:7300`; "" means the page's own origin. For another origin, the operator names the
   * page's origin to Selasar: `selasar serve --host-origin`.
   */
  api: string;
  /**
   * A launch that the operator's backend has opened: the answer of `POST /admin/v1/launches`, without the backend's API key.
   * The page then opens no launch of its own, and `miniAppId`, `userId` and `path` must be absent. A launch can be used once.
   */
  launch?: OpenedLaunch;
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
  /** Gets the first state immediately, then every change; `ending` explains why a launch was refused or ended. */
  onState?(state: LaunchState, ending: Ending | undefined): void;
  /**
   * Gets the launch's events, after the session has handled them. After a lost connection, it first gets the reports of
   * subscriptions and jobs that it has missed. Readings that were missed do not come again.
   */
  onEvent?(event: LaunchEvent): void;
  /** Gets the page's state in the frame. */
  onPage?(page: PageState): void;
  /** Gets errors that do not end the session, such as a lost connection. */
  onError?(error: HostError): void;
}

/** The options of {@link MiniAppSession.openPage}. */
export interface PageOptions {
  /** An empty frame, which the caller owns. */
  frame: HTMLIFrameElement;
  /** The path of the page on the mini app's origin, with query and fragment. */
  path: string;
  /** Gets the page's state in the frame. */
  onPage?(page: PageState): void;
}

/** A page of the launch in a frame of its own. */
export interface MiniAppPage {
  /** Reports whether the frame has shown the document with this number, which events name as `page`. */
  has(page: number): boolean;
  /** Drops the page's calls, ends its subscriptions, and empties the frame. Safe to call twice. */
  close(): void;
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
  /** Why the launch was refused or has ended; undefined before. */
  readonly ending: Ending | undefined;
  readonly stats: Readonly<SessionStats>;
  /** Lists the subscriptions and jobs of the launch that still run. Rejects with a {@link HostError}. */
  background(): Promise<Background>;
  /**
   * Uploads a picture of the launch, for the answer `{answer: "taken", photo}` to a camera ask, and resolves with its id.
   * JPEG, PNG, WebP and HEIC with at most 20 MiB. Rejects with a {@link HostError}.
   */
  upload(picture: Blob): Promise<string>;
  /**
   * Opens another page of the mini app in a frame of its own, as the event `page_pushed` asks. The page has its own
   * connection and the same launch; all other pages stay. Throws a {@link HostError} when the launch is not open, or when
   * the path leaves the mini app's origin. Next: close the page when `page_popped` names one of its documents.
   */
  openPage(options: PageOptions): MiniAppPage;
  /**
   * Ends the launch, empties its frames, and removes every listener, port and socket. Safe to call twice.
   * The session calls it when the host page is reloaded, left or closed.
   */
  close(): Promise<void>;
}
