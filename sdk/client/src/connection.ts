import { ErrorCode, failure, PING_EVERY, PONG_WITHIN, thrown, type Envelope, type EventName } from "@selasar/protocol";
import { readEnvelope } from "./answer.js";
import { createQuestions, type Open, type Question } from "./questions.js";
import { findTransport } from "./transport/find.js";
import type { Pipe, Transport } from "./transport/pipe.js";

/**
 * Makes the page's connection to its host, shared by every `MiniAppSDK` of the page. It connects with the first
 * question, and again after a loss. What it resolves with is an answer, a time-out, or why there is no host.
 */
export function createConnection(hosts: Set<string>, emit: (name: EventName, data: unknown) => void) {
  let pipe: Pipe | undefined;
  let welcome = false;
  let stopHello: (() => void) | undefined;
  let heardAt = 0;
  // biome-ignore lint/correctness/noUnusedVariables: `??=` reads it
  let watch: ReturnType<typeof setTimeout> | undefined;

  // A host that has said nothing at all since then may be dead.
  const questions = createQuestions((sentAt) => pipe && heardAt < sentAt && checkHost());

  const lost = (): void => {
    stopHello?.();
    pipe?.close();
    stopHello = pipe = undefined;
    questions.settleAll(ErrorCode.NetworkError, "Network error: the host is gone");
  };

  const noHost = (why: string): void => {
    stopHello?.();
    stopHello = undefined;
    questions.settleAll(ErrorCode.MethodNotSupported, `Method not supported: no host, ${why}`);
  };

  const send = (question: Open): void => {
    question.sentAt = performance.now();
    try {
      pipe!.send(question.message);
    } catch (error) {
      questions.settle(
        question.message.id,
        failure(ErrorCode.InvalidType, `Invalid type: the arguments cannot be sent (${thrown(error)})`),
      );
    }
  };

  const receive = (data: unknown): void => {
    heardAt = performance.now();
    const message = (data ?? {}) as Record<string, unknown>;
    const id = message.id as number;
    switch (message.type) {
      case "result":
        return questions.settle(id, readEnvelope(message.result));
      case "pong":
        return questions.settle(id, { success: true, data: null, error: null });
      case "waiting":
        questions.pause(id);
        return watchHost();
      case "resumed":
        return questions.resume(id);
      case "bye":
        return lost();
      case "event":
        emit(message.name as EventName, message.data);
    }
  };

  const sayHello = (transport: Transport): void => {
    let mine: Pipe | undefined;
    const giveUp = setTimeout(() => noHost("nobody answered this page's hello"), transport.wait);
    const stop = transport.open({
      open(opened) {
        clearTimeout(giveUp);
        stopHello = undefined;
        pipe = mine = opened;
        welcome = true;
        for (const question of questions.all()) send(question);
      },
      message: receive,
      lost: () => pipe === mine && lost(),
    });
    if (mine) return; // welcome already
    stopHello = () => {
      clearTimeout(giveUp);
      stop();
    };
  };

  const connect = (): void => {
    if (stopHello) return; // on its way
    const transport = findTransport([...hosts]);
    if (typeof transport === "string") noHost(transport);
    else sayHello(transport);
  };

  /** Settles with the answer, whatever happens. */
  const ask = (question: Question, timeout: number): Promise<Envelope> =>
    new Promise((resolve) => {
      const open = questions.add(question, timeout, resolve);
      if (pipe) send(open);
      else connect();
      questions.watch(open);
    });

  const checkHost = async (): Promise<void> => {
    const asked = pipe;
    const { success } = await ask({ type: "ping" }, PONG_WITHIN);
    if (!success && pipe === asked) lost();
  };

  /** While a person decides, no time-out would tell that the host has died. */
  const watchHost = (): void => {
    watch ??= setTimeout(() => {
      watch = undefined;
      if (!questions.paused()) return;
      checkHost();
      watchHost();
    }, PING_EVERY);
  };

  return {
    ask,
    /** Whether a host has ever welcomed the page. */
    welcomed: () => welcome,
  };
}
