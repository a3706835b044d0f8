import type { Capabilities, Envelope, HostMessage, MethodName } from "@selasar/protocol";

/** One page's end of a pipe: a `MessagePort`, or anything of its shape. */
export interface BridgePort {
  postMessage(message: HostMessage): void;
  onmessage: ((event: any) => void) | null;
  close(): void;
}

/** What a running call can tell its page. */
export interface CallControl {
  /** Aborted when the page is gone and nobody waits for the result. */
  readonly signal: AbortSignal;
  /** A person decides now; the page's clock for this call stands still. */
  waiting(): void;
  /** The person has decided; the clock starts anew. */
  resumed(): void;
}

/** Runs what the page calls. An exception or a rejection reaches the page as code 500. */
export interface BridgeHandler {
  call(method: MethodName, params: unknown, control: CallControl): Envelope | Promise<Envelope>;
  capabilities(): Envelope<Capabilities> | Promise<Envelope<Capabilities>>;
}
