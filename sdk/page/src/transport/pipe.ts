import type { PageMessage } from "@selasar/protocol";

/** An open way to a host. */
export interface Pipe {
  /** Throws when the message cannot be copied. */
  send(message: PageMessage): void;
  close(): void;
}

/** What a transport reports while it lives. */
export interface PipeEvents {
  /** The host has welcomed the page. At most once. */
  open(pipe: Pipe): void;
  /** Something came from the host; not checked yet. */
  message(data: unknown): void;
  /** The host has closed the pipe, or the page is leaving. */
  lost(): void;
}

/** A way to a host that may be there. */
export interface Transport {
  /** How long it is worth to wait for a welcome, in ms. */
  wait: number;
  /** Says hello, and returns what takes everything back while there is no pipe yet. */
  open(events: PipeEvents): () => void;
}

/** A random number that identifies one hello. */
export const makeNonce = (): string => crypto.getRandomValues(new Uint32Array(4)).join("-");
