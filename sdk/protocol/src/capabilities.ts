import type { Capability } from "./openapi.gen.js";

export type { Capability } from "./openapi.gen.js";

/** The answer to "what may I call?". */
export interface Capabilities {
  /** The GoPay app's version; null without a host. */
  app_version: string | null;
  /** By the catalogue's method names. */
  methods: Record<string, Capability>;
}
