import { findTransport } from "./transport/find.js";
import type { Pipe, PipeEvents, Transport } from "./transport/pipe.js";

/** The callbacks of a hello. */
export interface HelloEvents extends Pick<PipeEvents, "open" | "message"> {
  /** The host has closed this pipe, or the page is leaving; undefined if there was no pipe yet. */
  lost(pipe: Pipe | undefined): void;
  /** There is no host, for this reason. */
  none(why: string): void;
}

/** Says hello to the host, one attempt at a time. */
export function createHello(hosts: Set<string>, events: HelloEvents) {
  let stop: (() => void) | undefined;

  const end = (): void => {
    stop?.();
    stop = undefined;
  };

  const fail = (why: string): void => {
    end();
    events.none(why);
  };

  const start = (transport: Transport): void => {
    let pipe: Pipe | undefined;
    const giveUp = setTimeout(() => fail("no host answered this page's hello"), transport.wait);
    const leave = transport.open({
      open(opened) {
        clearTimeout(giveUp);
        stop = undefined;
        pipe = opened;
        events.open(opened);
      },
      message: events.message,
      lost: () => events.lost(pipe),
    });
    if (pipe) return; // welcomed already
    stop = () => {
      clearTimeout(giveUp);
      leave();
    };
  };

  return {
    /** Starts a hello, unless one is in progress. */
    say(): void {
      if (stop) return;
      const transport = findTransport([...hosts]);
      if (typeof transport === "string") fail(transport);
      else start(transport);
    },
    /** Cancels the hello in progress. */
    end,
  };
}
