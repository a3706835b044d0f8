import { call } from "./call.js";
import { install } from "./install.js";
import type { GpContainer } from "./types.js";

/**
 * `window.gpContainer`, which this module makes. On a server there is no window; there, every call fails with the code
 * 1003.
 */
export const gpContainer: GpContainer = typeof window === "undefined" ? { call: call as GpContainer["call"] } : install();
