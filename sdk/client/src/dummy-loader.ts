import { ErrorCode, failure, thrown, type Envelope, type MethodName } from "@selasar/protocol";
import type { DummyOptions } from "./options.js";

/**
 * Answers a method, or one of the two questions about the host.
 * @param name is the alias that the page called the method by
 */
export type Answers = (question: MethodName | "capabilities" | "ping", params?: unknown, name?: string) => Promise<Envelope>;

/** The exports of the dummy's file. */
export interface DummyFile {
  createDummy(options: DummyOptions): Answers;
}

/** The page's connection to its host. */
export interface MaybeHost {
  ask: Answers;
  /** Reports whether a host has ever welcomed the page. */
  welcomed(): boolean;
}

let said = false;

/**
 * Returns a function that answers through the dummy, and loads the dummy's file at the first use.
 * @param host is asked first. A host that has welcomed the page answers every later call, so the dummy never replaces
 * a lost host. If no host welcomes the page, the dummy answers, and later calls do not wait for a host.
 */
export function dummyLoader(load: () => Promise<DummyFile>, options: DummyOptions = {}, host?: MaybeHost | false): Answers {
  let dummy: Promise<Answers> | undefined;
  let alone = !host;

  return async (question, params, name) => {
    if (host && (!alone || host.welcomed())) {
      const answer = await host.ask(question, params, name);
      alone = !host.welcomed();
      if (!alone) {
        note();
        return answer;
      }
    }
    try {
      dummy ??= load().then((file) => file.createDummy(options));
      return (await dummy)(question, params, name);
    } catch (error) {
      dummy = undefined;
      return failure(ErrorCode.MethodNotSupported, `Method not supported: the dummy service did not load (${thrown(error)})`);
    }
  };
}

function note(): void {
  if (!said)
    console.info('MiniAppSDK: a host answers instead of the dummy service (useDummyService: true). "always" uses the dummy anyway.');
  said = true;
}
