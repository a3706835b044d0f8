import {
  CODE_NAMES,
  ErrorCode,
  failure,
  MAX_QUEUED,
  readPageMessage,
  thrown,
  type Call,
  type CapabilitiesRequest,
  type DialectCall,
  type DialectFamily,
  type Envelope,
  type EventName,
  type Events,
  type HostMessage,
} from "@selasar/protocol";
import type { BridgeHandler, BridgePort, CallControl, BridgeResult } from "./handler.js";
import { Places } from "./places.js";
import type { SessionStats } from "./session.js";

type Question = Call | DialectCall | CapabilitiesRequest;

/** Returns counters that are all zero. */
export const noStats = (): SessionStats => ({ calls: 0, settled: 0, dropped: 0, foreign: 0, ignored: 0 });

const refuse = (code: ErrorCode, why: string): Envelope => failure(code, `${CODE_NAMES[code]}: ${why}`);

/**
 * The host's end of the bridge: reads the page's messages, runs at most `MAX_RUNNING` calls concurrently, and answers each
 * exactly once. It depends on neither windows nor servers, so every transport shares it.
 */
export class Bridge {
  /** Called once, when the page is gone or the bridge is closed. */
  onClose: (() => void) | undefined;

  private readonly open = new Map<number, Running>();
  private readonly places = new Places<Question>((question) => this.run(question));
  private readonly gone = new AbortController();

  /**
   * @param port the page's pipe, which the bridge owns from now on
   * @param stats counters to increase; several bridges may share them
   */
  constructor(
    private readonly port: BridgePort,
    private readonly handler: BridgeHandler,
    readonly stats: SessionStats = noStats(),
  ) {
    port.onmessage = (event: { data: unknown; ports?: readonly MessagePort[] }) => {
      for (const junk of event.ports ?? []) junk.close();
      this.receive(event.data);
    };
  }

  /** Reports whether the page is gone. */
  get closed(): boolean {
    return this.gone.signal.aborted;
  }

  /** Sends an event to the page. */
  emit<N extends EventName>(name: N, data: Events[N]): void {
    this.send({ type: "event", name, data });
  }

  /** Closes the port. Calls in flight are dropped and counted. Safe to call twice. */
  close(): void {
    if (this.closed) return;
    this.send({ type: "bye" });
    this.stats.dropped += this.open.size + this.places.waiting;
    this.open.clear();
    this.places.clear();
    this.port.onmessage = null;
    this.port.close();
    this.gone.abort("page_gone");
    this.onClose?.();
  }

  private send(message: HostMessage): void {
    if (!this.closed) this.port.postMessage(message);
  }

  /** Handles one message of the page; never throws. */
  private receive(data: unknown): void {
    const message = read(data);
    switch (message?.type) {
      case "call":
        this.stats.calls++;
        return this.take(message);
      case "capabilities":
        return this.take(message);
      case "refusal":
        this.stats.calls++;
        this.stats.settled++;
        return this.send({ type: "result", id: message.id, result: message.result });
      case "ping":
        return this.send({ type: "pong", id: message.id });
      case "bye":
        return this.close();
      default:
        this.stats.ignored++;
    }
  }

  private take(question: Question): void {
    if (this.open.has(question.id) || this.places.has(question.id)) {
      this.stats.ignored++; // each id is used only once
    } else if (!this.places.take(question)) {
      this.answer(question, refuse(ErrorCode.NetworkError, `too many calls, ${MAX_QUEUED} wait already`));
    }
  }

  private run(question: Question): void {
    const running = new Running(
      (type) => this.send({ type, id: question.id }),
      () => this.places.free(),
      this.gone.signal,
      "name" in question ? question.name : undefined,
      "dialect" in question ? question.dialect : undefined,
    );
    this.open.set(question.id, running);
    const finish = (result: BridgeResult): void => {
      if (!this.open.delete(question.id)) return; // the page is gone
      this.answer(question, result);
      running.leave();
    };
    const fail = (error: unknown): void => finish(refuse(ErrorCode.SuperappError, `the host failed (${thrown(error)})`));
    try {
      const result = question.type === "call" ? this.handler.call(question.method, question.params, running) : this.handler.capabilities();
      if (result instanceof Promise) result.then(finish, fail);
      else finish(result);
    } catch (error) {
      fail(error);
    }
  }

  private answer({ type, id }: Question, result: BridgeResult): void {
    if (type === "call") this.stats.settled++;
    try {
      this.send({ type: "result", id, result });
    } catch (error) {
      this.send({ type: "result", id, result: refuse(ErrorCode.SuperappError, `the host's result cannot be sent (${thrown(error)})`) });
    }
  }
}

/** Reads a message of the page. An unreadable message counts as an unknown one, which is ignored. */
function read(data: unknown): ReturnType<typeof readPageMessage> {
  try {
    return readPageMessage(data);
  } catch {
    return undefined;
  }
}

/** One call in the handler. */
class Running implements CallControl {
  private hasPlace = true;

  constructor(
    private readonly tell: (what: "waiting" | "resumed") => void,
    private readonly free: () => void,
    readonly signal: AbortSignal,
    readonly name: string | undefined,
    readonly dialect: DialectFamily | undefined,
  ) {}

  waiting(): void {
    this.tell("waiting");
    this.leave(); // a call that waits for a person uses no slot
  }

  resumed(): void {
    this.tell("resumed");
  }

  /** Releases the slot. */
  leave(): void {
    if (!this.hasPlace) return;
    this.hasPlace = false;
    this.free();
  }
}
