import { ErrorCode, failure, type Envelope, type MethodName } from "@selasar/protocol";
import type { DummyOptions } from "./options.js";

/** Answers a method, or one of the two questions about the host. */
export type Answers = (question: MethodName | "capabilities" | "ping", params?: unknown) => Promise<Envelope>;

/** The dummy's file. */
export interface DummyFile {
  createDummy(options: DummyOptions): Answers;
}

/**
 * Answers through the dummy, whose file is loaded with the first question.
 * @param host when given, it is asked first whether it is there, and answers if so
 */
export function dummyLoader(load: () => Promise<DummyFile>, options: DummyOptions = {}, host?: Answers | false): Answers {
  let dummy: Promise<Answers> | undefined;

  return async (question, params) => {
    if (host && (await host("ping")).success) return host(question, params);
    try {
      dummy ??= load().then((file) => file.createDummy(options));
      return (await dummy)(question, params);
    } catch (error) {
      dummy = undefined;
      return failure(ErrorCode.MethodNotSupported, `Method not supported: the dummy service did not load (${error})`);
    }
  };
}
