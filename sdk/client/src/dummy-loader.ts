import { ErrorCode, failure, thrown, type Envelope, type MethodName } from "@selasar/protocol";
import type { DummyOptions } from "./options.js";

/** Answers a method, or one of the two questions about the host. */
export type Answers = (question: MethodName | "capabilities" | "ping", params?: unknown) => Promise<Envelope>;

/** The dummy's file. */
export interface DummyFile {
  createDummy(options: DummyOptions): Answers;
}

/** The way to a host, if there is one. */
export interface MaybeHost {
  ask: Answers;
  /** Whether a host has ever welcomed the page. */
  welcomed(): boolean;
}

let said = false;

/**
 * Answers through the dummy, whose file is loaded when it is first needed.
 * @param host when given, it is asked first, and answers for good once it has welcomed the page: the dummy never takes
 * over from a host that was lost. Where nobody welcomes the page the dummy answers, and nobody is waited for again.
 */
export function dummyLoader(load: () => Promise<DummyFile>, options: DummyOptions = {}, host?: MaybeHost | false): Answers {
  let dummy: Promise<Answers> | undefined;
  let alone = !host;

  return async (question, params) => {
    if (host && (!alone || host.welcomed())) {
      const answer = await host.ask(question, params);
      alone = !host.welcomed();
      if (!alone) {
        note();
        return answer;
      }
    }
    try {
      dummy ??= load().then((file) => file.createDummy(options));
      return (await dummy)(question, params);
    } catch (error) {
      dummy = undefined;
      return failure(ErrorCode.MethodNotSupported, `Method not supported: the dummy service did not load (${thrown(error)})`);
    }
  };
}

function note(): void {
  if (!said)
    console.info('MiniAppSDK: a host answers, and not the dummy service (useDummyService: true; "always" takes the dummy all the same).');
  said = true;
}
