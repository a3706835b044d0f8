import { createAlarm } from "@selasar/protocol";
import { HostError } from "./problem.js";
import type { LaunchEvent } from "./session.js";

/** The callbacks of a link. */
export interface LinkEvents {
  event(event: LaunchEvent): void;
  /** The connection is lost; the link is reconnecting. */
  down(error: HostError): void;
  /**
   * Called before each reconnect: checks that the launch still exists, and catches up on missed changes.
   * A {@link HostError} with a status ends the link permanently.
   */
  revive(): Promise<void>;
  /** The server has refused the link permanently. */
  over(error: HostError): void;
}

interface Request {
  due: number;
  body: object;
  sent: boolean;
  /** Reports whether the request may be sent again over a new connection. */
  again: boolean;
  resolve(reply: any): void;
  reject(error: HostError): void;
}

/** The server's time-out for a call: a little less than the page's, in ms. */
const CALL_WITHIN = 9_000;
/** The time after a lost connection before calls are refused, in ms. */
const DOWN_WITHIN = 3_000;
/** The time-out of a person's answer, with all its retries, in ms. */
const ANSWER_WITHIN = 30_000;
/** The first and the longest back-off before a reconnect, in ms. */
const PAUSE = { first: 100, longest: 5_000 };

/**
 * The one WebSocket of a launch. Requests are answered by id. While the connection is down, new requests wait for a
 * limited time. After a lost connection, a call in flight is rejected and an answer is sent again.
 */
export class Link {
  private readonly requests = new Map<number, Request>();
  private readonly alarm = createAlarm(this.requests, (id) =>
    this.take(id)?.reject(new HostError("unreachable", this.ready ? "Selasar took too long" : "Selasar cannot be reached")),
  );
  private socket: WebSocket | undefined;
  private ready = false;
  private closed = false;
  private lastId = 0;
  private failures = 0;
  private downSince = 0;
  private pause: ReturnType<typeof setTimeout> | undefined;
  /** The number of the last report; 0 before the first. */
  private seen = 0;

  constructor(
    private readonly url: string,
    private readonly token: string,
    private readonly events: LinkEvents,
  ) {
    this.connect();
  }

  /** Runs a method, or returns the capabilities. */
  call(body: { type: "call" | "capabilities"; page?: number; method?: string; params?: unknown }): Promise<any> {
    // A connection that opens for the first time is not down: a slow machine may need more time.
    const up = this.failures === 0;
    return this.request(body, up ? performance.now() + CALL_WITHIN : this.downSince + DOWN_WITHIN, false);
  }

  /** Answers an ask. */
  answer(body: { ask_id: string; answer: object }): Promise<any> {
    return this.request({ type: "answer", ...body }, performance.now() + ANSWER_WITHIN, true);
  }

  /** Takes an ask back, because the page of its call is gone. */
  withdraw(body: { ask_id: string }): Promise<any> {
    return this.request({ type: "withdraw", ...body }, performance.now() + ANSWER_WITHIN, true);
  }

  /** Tells that a page has gone, so that its subscriptions end. A lost connection does not lose it. */
  leave(page: number): void {
    this.request({ type: "leave", page }, performance.now() + ANSWER_WITHIN, true).catch(() => undefined); // the launch ends them too
  }

  /** Closes the link permanently and rejects open requests. Safe to call twice. */
  close(error = new HostError("launch_ended", "the launch has ended")): void {
    this.closed = true;
    clearTimeout(this.pause);
    this.alarm.stop();
    this.detach();
    for (const id of this.requests.keys()) this.take(id)!.reject(error);
  }

  private request(body: object, due: number, again: boolean): Promise<any> {
    return new Promise((resolve, reject) => {
      if (this.closed) return reject(new HostError("launch_ended", "the launch has ended"));
      const id = ++this.lastId;
      const request: Request = { due, body, sent: false, again, resolve, reject };
      this.requests.set(id, request);
      if (this.ready) this.send(id, request);
      this.alarm.arm(due);
    });
  }

  private send(id: number, request: Request): void {
    request.sent = true;
    this.socket!.send(JSON.stringify({ id, ...request.body }));
  }

  private take(id: number): Request | undefined {
    const request = this.requests.get(id);
    this.requests.delete(id);
    return request;
  }

  private connect(): void {
    const socket = (this.socket = new WebSocket(this.url));
    socket.onopen = () => socket.send(JSON.stringify({ type: "hello", token: this.token, ...(this.seen && { after: this.seen }) }));
    socket.onmessage = ({ data }) => this.receive(JSON.parse(data));
    socket.onclose = () => this.lost();
  }

  private detach(): void {
    const { socket } = this;
    this.socket = undefined;
    this.ready = false;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  private receive(message: any): void {
    switch (message?.type) {
      case "reply":
        return this.take(message.id)?.resolve(message);
      case "event":
        this.seen = message.event.seq ?? this.seen;
        return this.events.event(message.event);
      case "error":
        return this.refused(message);
      case "ready":
        this.ready = true;
        this.failures = 0;
        for (const [id, request] of this.requests) this.send(id, request);
    }
  }

  private refused({ id, error }: { id?: number; error: { code: string; message: string } }): void {
    const problem = new HostError(error.code, error.message);
    if (id) return this.take(id)?.reject(problem);
    if (this.ready) return;
    this.close(problem);
    this.events.over(problem);
  }

  private lost(): void {
    this.detach();
    const error = new HostError("unreachable", "the connection to Selasar is lost");
    if (this.failures === 0) this.downSince = performance.now();
    for (const [id, request] of this.requests) {
      if (request.again) request.sent = false;
      else if (request.sent) this.take(id)!.reject(error);
      else this.alarm.arm((request.due = Math.min(request.due, this.downSince + DOWN_WITHIN)));
    }
    this.events.down(error);
    this.later();
  }

  private later(): void {
    const pause = Math.min(PAUSE.longest, PAUSE.first * 2 ** this.failures++) * (0.5 + Math.random() / 2);
    this.pause = setTimeout(() => this.reconnect(), pause);
  }

  private async reconnect(): Promise<void> {
    try {
      await this.events.revive();
      if (!this.closed) this.connect();
    } catch (error) {
      if (this.closed) return;
      const problem = error as HostError;
      if (!problem.status || problem.status >= 500) return this.later();
      this.close(problem);
      this.events.over(problem);
    }
  }
}
