import type { PageMessage } from "@selasar/protocol";

/** An open connection to a host. */
export interface Pipe {
  /** Throws when the message cannot be cloned. */
  send(message: PageMessage): void;
  close(): void;
}

/** The callbacks of a transport. */
export interface PipeEvents {
  /** The host has welcomed the page. Called at most once. */
  open(pipe: Pipe): void;
  /** The host has sent a message, which is not checked yet. */
  message(data: unknown): void;
  /** The host has closed the pipe, or the page is leaving. */
  lost(): void;
}

/** A possible connection to a host. */
export interface Transport {
  /** How long to wait for a welcome, in ms. */
  wait: number;
  /** Says hello. Returns a function that cancels the hello before the welcome. */
  open(events: PipeEvents): () => void;
}

/** Returns a random number that identifies one hello. */
export const makeNonce = (): string => crypto.getRandomValues(new Uint32Array(4)).join("-");
