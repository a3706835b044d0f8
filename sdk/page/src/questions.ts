import {
  createAlarm,
  ErrorCode,
  failure,
  type Call,
  type CapabilitiesRequest,
  type DialectCall,
  type DialectEnvelope,
  type Envelope,
  type Ping,
} from "@selasar/protocol";

/** What the host answers. A call in another dialect has an envelope of that dialect, which its script checks. */
export type Outcome = Envelope | DialectEnvelope;

/** The questions of a page to its host. */
export type Question = Omit<Call, "id"> | Omit<DialectCall, "id"> | Omit<CapabilitiesRequest, "id"> | Omit<Ping, "id">;

/** An unanswered question. */
export interface Open {
  due: number;
  timeout: number;
  sentAt: number;
  message: Question & { id: number };
  settle(result: Outcome): void;
}

/**
 * The open questions of a page. Each is settled exactly once: by its answer, or by its time-out.
 * @param onSilence called when a question, other than a ping, got no answer; it gets the time of sending
 */
export function createQuestions(onSilence: (sentAt: number) => void) {
  const open = new Map<number, Open>();
  let lastId = 0;

  const settle = (id: number, result: Outcome): void => {
    const question = open.get(id);
    if (open.delete(id)) question!.settle(result);
  };

  const alarm = createAlarm(open, (id, { timeout, sentAt, message }) => {
    settle(id, failure(ErrorCode.NetworkError, `Network error: no answer from the host in ${timeout} ms`));
    if (message.type !== "ping") onSilence(sentAt);
  });

  return {
    /** Returns the open questions, oldest first. */
    all: (): Iterable<Open> => open.values(),

    /** Opens a question. Its clock runs from now on, but {@link watch} starts the timer. */
    add(question: Question, timeout: number, settle: (result: Outcome) => void): Open {
      const id = ++lastId;
      const entry = { due: performance.now() + timeout, timeout, sentAt: 0, message: { ...question, id }, settle };
      open.set(id, entry);
      return entry;
    },
    /** Starts the timer of a question, unless it is settled already. */
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
    /** Starts its clock again. */
    resume(id: number): void {
      const question = open.get(id);
      if (question) alarm.arm((question.due = performance.now() + question.timeout));
    },
    /** Reports whether any clock is stopped. */
    paused: (): boolean => [...open.values()].some(({ due }) => due === Infinity),
  };
}
