import { isTrusted } from "../trust.js";
import { frameTransport } from "./frame.js";
import type { Transport } from "./pipe.js";
import { webViewTransport } from "./webview.js";

/**
 * Returns the transport to the host: in a frame the parent window, at the top the native shell.
 * Returns the reason instead when there can be no host.
 * @param hosts origins that the mini app trusts in addition to `isTrusted`
 */
export function findTransport(hosts: readonly string[]): Transport | string {
  if (typeof window === "undefined") return "no window here (server rendering?)";
  if (parent === window) return webViewTransport() ?? "this page is open in a plain tab";
  const trusts = (origin: string): boolean => isTrusted(origin, hosts);
  // Firefox lacks ancestorOrigins, so there the page can only wait for a welcome.
  const ancestor = location.ancestorOrigins?.[0];
  if (ancestor && !trusts(ancestor)) return `this page is in a frame of ${ancestor}, which is not in hostOrigins`;
  return frameTransport(trusts);
}
