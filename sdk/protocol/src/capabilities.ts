import type { MiniAppError } from "./envelope.js";

/** What one method can do right now, in this launch on this device. */
export interface Capability {
  /** Whether a call would pass the version gate, the device and the consents as they stand. */
  available: boolean;
  /** The first GoPay app version that has the method. */
  min_version: string;
  /** The consent it needs, and where that stands. Absent when it needs none. */
  consent?: { name: string; state: "given" | "refused" | "revoked" | "never_asked" };
  /** Why it is not available: the error that a call would get. */
  reason?: MiniAppError;
}

/** The answer to "what may I call?". */
export interface Capabilities {
  /** The GoPay app's version; null without a host. */
  app_version: string | null;
  /** By the catalogue's method names. */
  methods: Record<string, Capability>;
}
