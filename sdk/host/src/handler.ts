import type { Capabilities, DialectEnvelope, DialectFamily, Envelope, HostMessage } from "@selasar/protocol";

/** One end of a pipe to the page: a `MessagePort`, or an object of the same shape. */
export interface BridgePort {
  postMessage(message: HostMessage): void;
  onmessage: ((event: any) => void) | null;
  close(): void;
}

/** The messages that a running call can send to its page. */
export interface CallControl {
  /** Aborted when the page is gone, so that the result has no receiver. */
  readonly signal: AbortSignal;
  /** The alias that the page called the method by, for messages; absent for the method's own name. */
  readonly name?: string | undefined;
  /** The family of dialects of the call; absent for `MiniAppSDK`. */
  readonly dialect?: DialectFamily | undefined;
  /** A person decides now; the page stops this call's clock. */
  waiting(): void;
  /** The person has decided; the clock starts again. */
  resumed(): void;
}

/** The envelope of a call, in its dialect. A failure of the host itself may have the form of `MiniAppSDK` in every dialect. */
export type BridgeResult = Envelope | DialectEnvelope;

/** Runs a call of the page. After an exception or a rejection the page gets code 500. */
export interface BridgeHandler {
  call(method: string, params: unknown, control: CallControl): BridgeResult | Promise<BridgeResult>;
  capabilities(): Envelope<Capabilities> | Promise<Envelope<Capabilities>>;
}
