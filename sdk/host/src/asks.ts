import { ASK_KINDS } from "@selasar/protocol";
import type { Answer, Ask, AskEnd } from "./ask.js";

/** The outcome of an ask: an answer to send, or the ask ended before. */
export type Outcome = { answer: Answer } | { ended: AskEnd };

interface Turn {
  ask: Ask;
  abort: AbortController;
  finish(outcome: Outcome): void;
}

/** The default answer of each kind. An unknown kind, from a newer server, counts as a missing device feature. */
export const defaultAnswer = ({ kind }: Ask): Answer => ({ answer: ASK_KINDS[kind]?.default ?? "unavailable" });

/** Reports whether a person answers this ask, and not the device. */
export const isPersonal = ({ kind }: Ask): boolean => ASK_KINDS[kind]?.personal ?? false;

/**
 * Passes asks to the host page: asks for a person one after another, asks for the device immediately.
 * An ask that ends before its turn never reaches the page.
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

  /** Ends an open ask without an answer. */
  end(reason: AskEnd, askId: string): void {
    for (const turn of [...this.all]) if (turn.ask.id === askId) this.stop(turn, reason);
  }

  /** Ends all asks; a later ask ends immediately. */
  endAll(reason: AskEnd): void {
    this.over = reason;
    this.line.length = 0;
    for (const turn of [...this.all]) this.stop(turn, reason);
  }

  private stop({ abort, finish }: Turn, reason: AskEnd): void {
    abort.abort(reason);
    finish({ ended: reason });
  }

  /** Returns the ids of the open asks. */
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
      // A rejection is not an answer.
    }
    finish({ answer: answer ?? defaultAnswer(ask) });
  }
}
