import { createAlarm, ErrorCode, failure, type Call, type CapabilitiesRequest, type Envelope, type Ping } from "@selasar/protocol";

/** What a page may ask its host. */
export type Question = Omit<Call, "id"> | Omit<CapabilitiesRequest, "id"> | Omit<Ping, "id">;

/** A question that has no answer yet. */
export interface Open {
  due: number;
  timeout: number;
  sentAt: number;
  message: Question & { id: number };
  settle(result: Envelope): void;
}

/**
 * The open questions of a page, each settled exactly once: by its answer, or by the end of its time.
 * @param onSilence told when a question (other than a ping) that was sent at a time has got no answer
 */
export function createQuestions(onSilence: (sentAt: number) => void) {
  const open = new Map<number, Open>();
  let lastId = 0;

  const settle = (id: number, result: Envelope): void => {
    const question = open.get(id);
    if (open.delete(id)) question!.settle(result);
  };

  const alarm = createAlarm(open, (id, { timeout, sentAt, message }) => {
    settle(id, failure(ErrorCode.NetworkError, `Network error: no answer from the host in ${timeout} ms`));
    if (message.type !== "ping") onSilence(sentAt);
  });

  return {
    /** The open questions, oldest first. */
    all: (): Iterable<Open> => open.values(),

    /** Opens a question. Its clock runs from now, once {@link watch} has seen it. */
    add(question: Question, timeout: number, settle: (result: Envelope) => void): Open {
      const id = ++lastId;
      const entry = { due: performance.now() + timeout, timeout, sentAt: 0, message: { ...question, id }, settle };
      open.set(id, entry);
      return entry;
    },
    /** Minds the time of a question, unless it is settled already: then no timer stays. */
    watch: ({ due, message }: Open): unknown => open.has(message.id) && alarm.arm(due),

    settle,
    settleAll(code: ErrorCode, message: string): void {
      const result = failure(code, message);
      for (const id of open.keys()) settle(id, result);
    },

    /** Stops a question's clock. */
    pause(id: number): void {
      const question = open.get(id);
      if (question) question.due = Infinity;
    },
    /** Starts it anew. */
    resume(id: number): void {
      const question = open.get(id);
      if (question) alarm.arm((question.due = performance.now() + question.timeout));
    },
    /** Whether any clock stands still. */
    paused: (): boolean => [...open.values()].some(({ due }) => due === Infinity),
  };
}
