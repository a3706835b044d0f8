import type { Capability } from "./openapi.gen.js";

export type { Capability } from "./openapi.gen.js";

/** The answer to a question for the capabilities. */
export interface Capabilities {
  /** The GoPay app's version; null without a host. */
  app_version: string | null;
  /** The state of each method, by its name in the catalogue. */
  methods: Record<string, Capability>;
}
