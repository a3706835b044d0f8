import { ErrorCode, failure, PING_EVERY, PONG_WITHIN, thrown, type DialectCall, type Envelope, type EventName } from "@selasar/protocol";
import { readEnvelope } from "./answer.js";
import { createHello } from "./hello.js";
import { createQuestions, type Open, type Outcome, type Question } from "./questions.js";
import { createReceiver } from "./receiver.js";
import type { Pipe } from "./transport/pipe.js";

/** Asks the host, and resolves with the result. */
export interface Ask {
  (question: Omit<DialectCall, "id">, timeout: number): Promise<Outcome>;
  (question: Question, timeout: number): Promise<Envelope>;
}

/**
 * Creates the page's connection to its host. It connects at the first question, and again after a loss.
 * A question resolves with an answer, a time-out, or the reason why there is no host.
 */
export function createConnection(hosts: Set<string>, emit: (name: EventName, data: unknown) => void) {
  let pipe: Pipe | undefined;
  let welcome = false;
  let heardAt = 0;
  // biome-ignore lint/correctness/noUnusedVariables: `??=` reads it
  let watch: ReturnType<typeof setTimeout> | undefined;

  // A host that has sent nothing since then may be dead.
  const questions = createQuestions((sentAt) => pipe && heardAt < sentAt && checkHost());

  const lost = (): void => {
    hello.end();
    pipe?.close();
    pipe = undefined;
    questions.settleAll(ErrorCode.NetworkError, "Network error: the host is gone");
  };

  /** Pings the host while a person decides, because the stopped clocks would not reveal a dead host. */
  const watchHost = (): void => {
    watch ??= setTimeout(() => {
      watch = undefined;
      if (!questions.paused()) return;
      checkHost();
      watchHost();
    }, PING_EVERY);
  };

  const receive = createReceiver({ questions, waiting: watchHost, bye: lost, emit });
  const hello = createHello(hosts, {
    open(opened) {
      pipe = opened;
      welcome = true;
      for (const question of questions.all()) send(opened, question, questions.settle);
    },
    message(data) {
      heardAt = performance.now();
      receive(data);
    },
    lost: (gone) => pipe === gone && lost(),
    none: (why) => questions.settleAll(ErrorCode.MethodNotSupported, `Method not supported: no host, ${why}`),
  });

  const ask: Ask = (question: Question, timeout: number) =>
    new Promise<any>((resolve) => {
      const open = questions.add(question, timeout, (result) => resolve("dialect" in question ? result : readEnvelope(result)));
      if (pipe) send(pipe, open, questions.settle);
      else hello.say();
      questions.watch(open);
    });

  const checkHost = async (): Promise<void> => {
    const asked = pipe;
    const { success } = await ask({ type: "ping" }, PONG_WITHIN);
    if (!success && pipe === asked) lost();
  };

  return { ask, welcomed: () => welcome };
}

/** Sends a question; one that cannot be cloned is settled immediately. */
function send(pipe: Pipe, question: Open, settle: (id: number, result: Outcome) => void): void {
  question.sentAt = performance.now();
  try {
    pipe.send(question.message);
  } catch (error) {
    settle(question.message.id, failure(ErrorCode.InvalidType, `Invalid type: the arguments cannot be sent (${thrown(error)})`));
  }
}
