import { ASK_KINDS } from "@selasar/protocol";
import type { Answer, Ask, AskEnd } from "./ask.js";

/** How an ask came out: an answer to send, or it was over before. */
export type Outcome = { answer: Answer } | { ended: AskEnd };

interface Turn {
  ask: Ask;
  abort: AbortController;
  finish(outcome: Outcome): void;
}

/** What counts as the answer when nobody gives one. A kind of a newer server is answered as a device that lacks it. */
export const defaultAnswer = ({ kind }: Ask): Answer => ({ answer: ASK_KINDS[kind]?.default ?? "unavailable" });

/** Whether a person decides, and not the device. */
export const isPersonal = ({ kind }: Ask): boolean => ASK_KINDS[kind]?.personal ?? false;

/**
 * Puts asks before the page that hosts: those for a person one after the other, those for the device at once.
 * An ask that is over before its turn never reaches the page.
 */
export class Asks {
  private readonly all = new Set<Turn>();
  private readonly line: Turn[] = [];
  private current: Turn | undefined;
  private over: AskEnd | undefined;

  constructor(private readonly onAsk: (ask: Ask, signal: AbortSignal) => Promise<Answer | undefined>) {}

  /** Resolves with the outcome; never rejects. */
  put(ask: Ask): Promise<Outcome> {
    if (this.over) return Promise.resolve({ ended: this.over });
    return new Promise((resolve) => {
      const turn: Turn = {
        ask,
        abort: new AbortController(),
        finish: (outcome) => {
          if (!this.all.delete(turn)) return;
          resolve(outcome);
          if (this.current === turn) this.next();
        },
      };
      this.all.add(turn);
      if (!isPersonal(ask)) return this.show(turn);
      this.line.push(turn);
      if (!this.current) this.next();
    });
  }

  /** Ends an ask without an answer, if it is open. */
  end(reason: AskEnd, askId: string): void {
    for (const turn of [...this.all]) if (turn.ask.id === askId) this.stop(turn, reason);
  }

  /** Ends all asks; whatever comes later is ended at once. */
  endAll(reason: AskEnd): void {
    this.over = reason;
    this.line.length = 0;
    for (const turn of [...this.all]) this.stop(turn, reason);
  }

  private stop({ abort, finish }: Turn, reason: AskEnd): void {
    abort.abort(reason);
    finish({ ended: reason });
  }

  /** The ids of the asks that are open. */
  get ids(): string[] {
    return [...this.all].map(({ ask }) => ask.id);
  }

  private next(): void {
    do this.current = this.line.shift();
    while (this.current && !this.all.has(this.current));
    if (this.current) this.show(this.current);
  }

  private async show({ ask, abort, finish }: Turn): Promise<void> {
    let answer: Answer | undefined;
    try {
      answer = await this.onAsk(ask, abort.signal);
    } catch {
      // A rejection is no answer.
    }
    finish({ answer: answer ?? defaultAnswer(ask) });
  }
}
