import { FRAME_NAME, type EventName, type Events } from "@selasar/protocol";
import { Bridge } from "./bridge.js";
import { type Door, openDoor } from "./door.js";
import type { BridgeHandler } from "./handler.js";
import { HostError } from "./problem.js";
import type { MiniAppPage, PageState, SessionStats } from "./session.js";

/** The launch of a page, as its frame sees it. */
export interface PageLaunch {
  readonly launchId: string;
  /** The mini app's origin. */
  readonly origin: string;
  readonly stats: SessionStats;
  /** Returns a number for a new document, and the handler of its calls. */
  join(): { page: number; handler: BridgeHandler };
  /** Tells that a document is gone. */
  gone(page: number): void;
}

/** One frame of a launch: its door, and the bridge of the document that it shows. */
export class PageFrame implements MiniAppPage {
  private readonly door: Door;
  /** The numbers of the documents that the frame has shown, the newest last. */
  private readonly documents: number[] = [];
  private bridge: Bridge | undefined;
  /** Reports whether the page was closed. */
  closed = false;

  /** Loads a page, and accepts its hello from now on. Throws a {@link HostError} when the address is not on the mini app's origin. */
  constructor(
    private readonly launch: PageLaunch,
    private readonly frame: HTMLIFrameElement,
    url: string,
    private readonly onPage: (page: PageState) => void,
  ) {
    const { origin, launchId, stats } = launch;
    if (new URL(url, location.href).origin !== origin || !/^https?:/.test(origin)) {
      throw new HostError("entry_foreign", `the page ${url} is not on the mini app's origin ${origin}`);
    }
    this.door = openDoor(frame, { origin, launchId }, stats, (port) => this.welcome(port));
    frame.addEventListener("load", this.loaded);
    frame.name = FRAME_NAME;
    nameWindow(frame);
    frame.src = url;
  }

  has(page: number): boolean {
    return this.documents.includes(page);
  }

  /** Reports whether a document is the one that the frame shows now. */
  shows(page: number): boolean {
    return this.documents.at(-1) === page;
  }

  /** Sends an event to the page. */
  emit<N extends EventName>(name: N, data: Events[N]): void {
    this.bridge?.emit(name, data);
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    const { frame } = this;
    this.bridge?.close();
    this.door.close();
    frame.removeEventListener("load", this.loaded);
    frame.name = "";
    frame.removeAttribute("src");
    frame.contentWindow?.location.replace("about:blank"); // adds no entry to the history
  }

  private readonly loaded = (): void => this.onPage("loaded");

  /** A document has said hello; it replaces an earlier one. */
  private welcome(port: MessagePort): void {
    this.bridge?.close();
    const { page, handler } = this.launch.join();
    const bridge = (this.bridge = new Bridge(port, handler, this.launch.stats));
    this.documents.push(page);
    bridge.onClose = () => {
      this.launch.gone(page);
      if (this.bridge === bridge && !this.closed) this.onPage("gone");
    };
    port.addEventListener("close", () => bridge.close());
    this.onPage("connected");
  }
}

/** Chromium reads a frame's name attribute only when the frame is inserted; its empty page still accepts a name. */
function nameWindow({ contentWindow }: HTMLIFrameElement): void {
  try {
    if (contentWindow) contentWindow.name = FRAME_NAME;
  } catch {
    // The frame already shows a page of another origin; the name is only a hint.
  }
}
