import type { Background, Launch as Opened } from "@selasar/protocol/openapi";
import type { Answer, Ask } from "./ask.js";
import { HostError } from "./problem.js";
import type { OpenedLaunch, OpenOptions } from "./session.js";

/** The state of a launch, as the server reports it. */
export type Standing = Pick<Opened, "launch_id" | "state" | "entry_url" | "reason" | "message">;

/** A new launch. In the state `consent`, its `ask` is the sheet to show. */
export type Launch = OpenedLaunch;

/** The time-out of one request to the server, in ms. */
const WITHIN = 10_000;

/** The host protocol over HTTP. Every function rejects with a {@link HostError}. */
export class Api {
  private readonly base: string;

  /** @param base Selasar's URL, "" for the page's own origin */
  constructor(base: string) {
    this.base = new URL(base || "/", location.href).href.replace(/\/$/, "");
  }

  /** Creates a launch: `POST /host/v1/launches`. */
  launch({ miniAppId, userId, path }: Pick<OpenOptions, "miniAppId" | "userId" | "path">): Promise<Launch> {
    return this.request("POST", "/host/v1/launches", undefined, { mini_app_id: miniAppId, user_id: userId, path });
  }

  /** Returns the state of the launch and its open asks. */
  standing(launch: Launch): Promise<Standing & { asks?: Ask[] }> {
    return this.request("GET", `/host/v1/launches/${launch.launch_id}`, launch.token);
  }

  /** Lists the subscriptions and jobs that still run. */
  background(launch: Launch): Promise<Background> {
    return this.request("GET", `/host/v1/launches/${launch.launch_id}/background`, launch.token);
  }

  /** Answers the consent ask of a launch. */
  answer(launch: Launch, askId: string, answer: Answer): Promise<Standing> {
    return this.request("POST", `/host/v1/asks/${askId}/answer`, launch.token, answer);
  }

  /** Ends the launch, even while the host page is unloaded. */
  end(launch: Launch): Promise<void> {
    return this.request("DELETE", `/host/v1/launches/${launch.launch_id}`, launch.token);
  }

  /** Uploads bytes of the launch and returns their id. */
  async upload(launch: Launch, bytes: Blob): Promise<string> {
    const { id } = await this.request<{ id: string }>("POST", `/host/v1/launches/${launch.launch_id}/blobs`, launch.token, bytes);
    return id;
  }

  /** Returns the URL of the launch's WebSocket. */
  socketUrl(launch: Launch): string {
    return `${this.base}/host/v1/launches/${launch.launch_id}/socket`.replace(/^http/, "ws");
  }

  private async request<T>(method: string, path: string, token?: string, body?: object): Promise<T> {
    let response: Response;
    let text: string;
    try {
      response = await fetch(this.base + path, {
        method,
        headers: {
          ...(body && { "Content-Type": body instanceof Blob ? body.type : "application/json" }),
          ...(token && { Authorization: `Bearer ${token}` }),
        },
        ...(body && { body: body instanceof Blob ? body : JSON.stringify(body) }),
        cache: "no-store",
        credentials: "omit",
        keepalive: method === "DELETE",
        signal: AbortSignal.timeout(WITHIN),
      });
      text = await response.text();
    } catch (error) {
      throw new HostError("unreachable", `Selasar does not answer at ${this.base} (${(error as Error).message})`);
    }
    const value = parse(text);
    if (response.ok) return value as T;
    const { code = "internal", message = `HTTP ${response.status}` } = value?.error ?? {};
    throw new HostError(code, message, response.status);
  }
}

function parse(text: string): any {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
