import { CODE_NAMES, ErrorCode, failure, type Capabilities, type Envelope } from "@selasar/protocol";
import type { Ask, AskEnd } from "./ask.js";
import { type Asks, defaultAnswer, isPersonal, type Outcome } from "./asks.js";
import type { BridgeHandler, CallControl, BridgeResult } from "./handler.js";
import type { Link } from "./link.js";
import type { HostError } from "./problem.js";

/** The server's reply to a call or to an answer: the result, or the next ask. */
interface Reply {
  call_id: string;
  result?: BridgeResult;
  ask?: Ask;
}

/** The time-out for a call's result after its ask was closed elsewhere, in ms. */
const RESULT_WITHIN = 2_000;
/** The limit of answers per ask that the server refuses. */
const TRIES = 3;
/** The problems of an answer that another try can solve, as often as the person likes. */
export const patient: ReadonlySet<string> = new Set(["insufficient_funds", "charge_declined", "payment_charging", "offline"]);

const networkError = (why: string): Envelope => failure(ErrorCode.NetworkError, `${CODE_NAMES[401]}: ${why}`);
const ended = failure(ErrorCode.MiniappNotRegistered, `${CODE_NAMES[203]}: the launch has ended`);

/** The page's result after a failed request to the server. */
function problemResult(error: unknown): Envelope {
  const { code, message } = error as HostError;
  if (code === "launch_ended" || code === "launch_unknown") return ended;
  if (code === "unreachable") return networkError(message);
  if (code === "too_large") return failure(ErrorCode.ParameterData, `${CODE_NAMES[202]}: ${message}`);
  return failure(ErrorCode.SuperappError, `${CODE_NAMES[500]}: ${message}`);
}

/** Sends the page's calls to the server and the server's asks to the person, until there is a result. */
export class Calls {
  /** Calls with an open ask, by call id: a function that accepts a result from elsewhere. */
  private readonly open = new Map<string, (result: BridgeResult) => void>();
  /** Calls in flight, and results that arrived before their ask: the order of reply and event is not fixed. */
  private sent = 0;
  private readonly early = new Map<string, BridgeResult>();
  /** Asks that are before the person, by id: settled when the call that brought the ask is settled. */
  private readonly sheets = new Map<string, Promise<unknown>>();

  constructor(
    private readonly link: Link,
    private readonly asks: Asks,
  ) {}

  /** Returns the handler of a page's calls. The server then knows which page started a subscription. */
  ofPage(page: number): BridgeHandler {
    return { call: (method, params, control) => this.call(page, method, params, control), capabilities: () => this.capabilities() };
  }

  private async call(page: number, method: string, params: unknown, control: CallControl): Promise<BridgeResult> {
    try {
      const reply = await this.send({
        type: "call",
        page,
        ...(control.dialect && { dialect: control.dialect }),
        method: control.name ?? method,
        params,
      });
      return reply.result ?? (await this.decide(reply.call_id, reply.ask!, control));
    } catch (error) {
      return problemResult(error);
    }
  }

  /** Sends a call. If its ask has ended before the reply arrives, the result is used directly. */
  private async send(call: { type: "call"; page: number; dialect?: string; method: string; params: unknown }): Promise<Reply> {
    this.sent++;
    try {
      const reply: Reply = await this.link.call(call);
      const result = this.early.get(reply.call_id);
      return result ? { call_id: reply.call_id, result } : reply;
    } finally {
      if (--this.sent === 0) this.early.clear();
    }
  }

  private async capabilities(): Promise<Envelope<Capabilities>> {
    try {
      const { app_version, methods } = await this.link.call({ type: "capabilities" });
      return { success: true, data: { app_version, methods }, error: null };
    } catch (error) {
      return problemResult(error) as Envelope<Capabilities>;
    }
  }

  /** Settles a call from elsewhere: its ask expired, or another client answered it. */
  settle(callId: string, result: BridgeResult): void {
    const settle = this.open.get(callId);
    if (settle) settle(result);
    else if (this.sent > 0) this.early.set(callId, result);
  }

  /** Settles a call from its first ask on. */
  private async decide(callId: string, ask: Ask, control: CallControl): Promise<BridgeResult> {
    const elsewhere = new Promise<BridgeResult>((resolve) => this.open.set(callId, resolve));
    const sheet = this.sheets.get(ask.id);
    const decided = sheet ? this.follow(sheet, control, elsewhere) : this.lead(ask, control, elsewhere);
    try {
      return await Promise.race([decided, elsewhere]);
    } finally {
      this.open.delete(callId);
    }
  }

  /** Waits for the sheet of another call that asked the same question; the server then sends this call's result. */
  private async follow(sheet: Promise<unknown>, control: CallControl, elsewhere: Promise<BridgeResult>): Promise<BridgeResult> {
    control.waiting();
    await sheet.catch(() => undefined);
    control.resumed();
    return this.resultOf(elsewhere, "closed");
  }

  /** Puts the ask before the person until there is a result. */
  private async lead(first: Ask, control: CallControl, elsewhere: Promise<BridgeResult>): Promise<BridgeResult> {
    const leave = (): void => this.asks.end("page_gone", first.id);
    control.signal.addEventListener("abort", leave);
    elsewhere.then(() => this.asks.end("settled", first.id));
    const decided = this.ask(first, control, elsewhere);
    this.sheets.set(first.id, decided);
    try {
      return await decided;
    } finally {
      control.signal.removeEventListener("abort", leave);
      this.sheets.delete(first.id);
    }
  }

  private async ask(first: Ask, control: CallControl, elsewhere: Promise<BridgeResult>): Promise<BridgeResult> {
    let shown = first;
    for (let tries = 1; ; ) {
      const reply = await this.askAndAnswer(shown, control, tries > TRIES);
      if ("ended" in reply) return this.resultOf(elsewhere, reply.ended);
      if (reply.result) return reply.result;
      const { problem } = reply.ask!;
      if (!problem || !patient.has(problem.code)) tries = problem ? tries + 1 : 1;
      shown = reply.ask!;
    }
  }

  /**
   * One round: the person gets the ask, the server gets the answer. After a refused answer the server returns the ask
   * again. When the page is gone nobody has answered, so the ask is withdrawn.
   */
  private async askAndAnswer(ask: Ask, control: CallControl, giveUp: boolean): Promise<Partial<Reply> | { ended: AskEnd }> {
    const personal = isPersonal(ask);
    if (personal) control.waiting();
    const gone = (): boolean => control.signal.aborted;
    const outcome: Outcome = gone() ? { ended: "page_gone" } : giveUp ? { answer: defaultAnswer(ask) } : await this.asks.put(ask);
    if ("ended" in outcome && outcome.ended !== "page_gone") return outcome;
    if (personal) control.resumed();
    try {
      if ("ended" in outcome) return (await this.link.withdraw({ ask_id: ask.id })) as Reply;
      return (await this.link.answer({ ask_id: ask.id, answer: outcome.answer })) as Reply;
    } catch (error) {
      const { code, message } = error as HostError;
      if (code === "ask_expired" || code === "ask_answered" || code === "ask_unknown") return { ended: "closed" };
      const open = patient.has(code) || code === "answer_invalid";
      if (open && !giveUp) return { ask: { ...ask, problem: { code, message } } };
      throw error;
    }
  }

  /** Waits for the result of a call whose ask has ended. */
  private resultOf(elsewhere: Promise<BridgeResult>, reason: AskEnd): BridgeResult | Promise<BridgeResult> {
    if (reason === "launch_ended" || reason === "session_closed") return ended;
    return new Promise((resolve) => {
      const late = setTimeout(() => resolve(networkError("the result of the call is lost")), RESULT_WITHIN);
      elsewhere.then((result) => {
        clearTimeout(late);
        resolve(result);
      });
    });
  }
}
