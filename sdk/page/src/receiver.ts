import type { EventName } from "@selasar/protocol";
import type { createQuestions, Outcome } from "./questions.js";

/** The parts of the page that a message of the host may change. */
interface Effects {
  questions: ReturnType<typeof createQuestions>;
  /** A person decides: the host may stay silent for long. */
  waiting(): void;
  /** The host leaves. */
  bye(): void;
  emit(name: EventName, data: unknown): void;
}

/** Returns the reader of the host's messages. It ignores messages that are not of the protocol. */
export function createReceiver({ questions, waiting, bye, emit }: Effects) {
  return (data: unknown): void => {
    const message = (data ?? {}) as Record<string, unknown>;
    const id = message.id as number;
    switch (message.type) {
      case "result":
        return questions.settle(id, message.result as Outcome);
      case "pong":
        return questions.settle(id, { success: true } as Outcome); // completed like an envelope
      case "waiting":
        questions.pause(id);
        return waiting();
      case "resumed":
        return questions.resume(id);
      case "bye":
        return bye();
      case "event":
        emit(message.name as EventName, message.data);
    }
  };
}
