import type { EventName, Events } from "@selasar/protocol";
import type { Api, Launch, Standing } from "./api.js";
import type { Ask } from "./ask.js";
import { Asks } from "./asks.js";
import { noStats } from "./bridge.js";
import { Calls } from "./calls.js";
import { askForLaunch } from "./consent.js";
import { Link } from "./link.js";
import { PageFrame } from "./pageframe.js";
import { HostError } from "./problem.js";
import type {
  Background,
  Ending,
  LaunchEvent,
  LaunchState,
  MiniApp,
  MiniAppPage,
  MiniAppSession,
  OpenOptions,
  PageOptions,
  PageState,
} from "./session.js";

/** A launch in its frames: owns its link and its pages, and closes them together. */
export class Opened implements MiniAppSession {
  readonly launchId: string;
  readonly app: MiniApp;
  readonly stats = noStats();
  state: LaunchState;
  ending: Ending | undefined;

  private readonly asks: Asks;
  private link: Link | undefined;
  private calls: Calls | undefined;
  /** The frames with their pages, the launch's own first. */
  private frames: PageFrame[] = [];
  /** The number of the newest document; each document in a frame has a number of its own. */
  private newest = 0;
  private leaving = false;
  /** The server has ended the launch. */
  private over = false;
  private left: Promise<void> | undefined;

  constructor(
    private readonly options: OpenOptions,
    private readonly api: Api,
    private readonly launch: Launch,
  ) {
    this.launchId = launch.launch_id;
    this.app = launch.app;
    this.state = launch.state;
    this.asks = new Asks((ask, signal) => options.onAsk(ask, signal));
  }

  /** Continues from the launch's state. Throws when the entry is not on the mini app's origin. */
  start(): void {
    const { launch } = this;
    addEventListener("pagehide", this.hidden);
    if (launch.state === "consent" || launch.state === "open") this.connect();
    this.stand(launch);
    if (launch.state === "consent" && launch.ask) this.consent(launch.ask);
  }

  close(): Promise<void> {
    return (this.left ??= this.leave());
  }

  background(): Promise<Background> {
    return this.api.background(this.launch);
  }

  upload(picture: Blob): Promise<string> {
    return this.api.upload(this.launch, picture);
  }

  openPage({ frame, path, onPage = () => undefined }: PageOptions): MiniAppPage {
    if (this.state !== "open") throw new HostError("launch_ended", "the launch is not open");
    const url = new URL(path, this.app.origin).href;
    return this.show(frame, url, onPage);
  }

  /** The host page is reloaded, left or closed: no other code can end the launch. */
  private readonly hidden = (): void => void this.close();

  private async leave(): Promise<void> {
    this.leaving = true;
    removeEventListener("pagehide", this.hidden);
    const running = this.state === "consent" || this.state === "open";
    this.asks.endAll("session_closed");
    for (const page of this.frames) page.close();
    this.link?.close();
    if (running) this.change("ended", { reason: "session_closed", message: "the host closed the session" });
    if (this.over) return;
    await this.api.end(this.launch).catch(() => undefined); // it has ended already, or the server is gone
  }

  /** Opens the one WebSocket of the launch. */
  private connect(): void {
    this.link = new Link(this.api.socketUrl(this.launch), this.launch.token, {
      event: (event) => this.happened(event),
      down: (error) => this.options.onError?.(error),
      over: ({ code, message }) => this.ended({ reason: code, message }),
      revive: () => this.revive(),
    });
    this.calls = new Calls(this.link, this.asks);
  }

  /** After a reconnect: closes asks that were settled while the connection was down. */
  private async revive(): Promise<void> {
    const standing = await this.api.standing(this.launch);
    const open = new Set((standing.asks ?? []).map(({ id }) => id));
    for (const id of this.asks.ids) if (!open.has(id)) this.asks.end("closed", id);
    if (standing.state === "ended") {
      this.ended(endingOf(standing));
      throw new HostError("launch_ended", this.ending!.message, 410);
    }
  }

  /** Shows the consent sheet of the launch, and continues with the state that its answer leads to. */
  private async consent(ask: Ask): Promise<void> {
    try {
      const standing = await askForLaunch(this.asks, this.api, this.launch, ask, this.options.onError);
      if (standing && this.state === "consent") this.stand(standing);
    } catch (error) {
      this.options.onError?.(error as HostError);
      const { code, message } = error as HostError;
      this.end({ reason: code, message });
    }
  }

  /** Applies the server's state, and opens the page when it is allowed. */
  private stand(standing: Standing): void {
    const { state, entry_url } = standing;
    this.over = state === "refused" || state === "ended";
    if (this.over) this.link?.close();
    if (state === "open") this.show(this.options.frame, entry_url, (page) => this.options.onPage?.(page));
    this.change(state, this.over ? endingOf(standing) : undefined);
  }

  /** Loads a page into a frame. */
  private show(frame: HTMLIFrameElement, url: string, onPage: (page: PageState) => void): PageFrame {
    const { launchId, stats } = this;
    const join = () => {
      const page = ++this.newest;
      return { page, handler: this.calls!.ofPage(page) };
    };
    const gone = (page: number) => this.link?.leave(page);
    const shown = new PageFrame({ launchId, origin: this.app.origin, stats, join, gone }, frame, url, onPage);
    this.frames = [...this.frames.filter((one) => !one.closed), shown];
    return shown;
  }

  private happened(event: LaunchEvent): void {
    switch (event.name) {
      case "consent_changed":
        this.emit("consentchange", event.data as never);
        break;
      case "device_changed":
        this.emit("devicechange", event.data);
        break;
      case "call_settled":
        this.calls?.settle(event.data.call_id, event.data.result as never);
        break;
      case "ask_closed":
        this.asks.end("closed", event.data.ask_id);
        break;
      case "launch_ended":
        this.ended(event.data);
        break;
      case "subscription_reading":
      case "job_progress":
      case "job_done":
      case "job_failed":
        this.pass(event.data);
    }
    this.options.onEvent?.(event);
  }

  /** Passes an event of a subscription or a job to the page that started it, if the dialect of its call has a name for it. */
  private pass({ page = this.newest, name, data, variants }: Named): void {
    const frame = this.frames.find((one) => one.shows(page));
    if (name) frame?.emit("dialectevent", { name, data, ...(variants && { variants }) });
  }

  /** Sends an event to all pages. */
  private emit<N extends EventName>(name: N, data: Events[N]): void {
    for (const page of this.frames) page.emit(name, data);
  }

  private ended(ending: Ending): void {
    this.over = true;
    this.end(ending);
  }

  /** The launch has ended; the page stays, and its calls return 203. */
  private end(ending: Ending): void {
    if (this.state === "ended" || this.leaving) return;
    this.link?.close();
    this.asks.endAll("launch_ended");
    const { reason, message } = ending;
    this.emit("launchend", { reason, message });
    this.change("ended", ending);
  }

  private change(state: LaunchState, ending: Ending | undefined): void {
    this.state = state;
    this.ending = ending;
    this.options.onState?.(state, ending);
  }
}

/** The data of an event of a subscription or a job. */
interface Named {
  page?: number;
  name?: string;
  data?: unknown;
  variants?: Record<string, string>;
}

/** Returns why the server refused or ended a launch. */
function endingOf({ reason = "launch_ended", message = "the launch has ended" }: Standing): Ending {
  return { reason, message };
}
