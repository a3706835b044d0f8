import { page } from "./page.js";

/**
 * Trusts the hosts that the running script's tag names: `<script src="..." data-host-origins="https://superapp.example
 * https://other.example">`. A script that is no tag, or that runs on a server, names none.
 */
export function trustTag(): void {
  if (typeof document !== "object") return;
  const named = (document.currentScript as HTMLScriptElement | null)?.dataset.hostOrigins;
  for (const origin of named?.match(/[^\s,]+/g) ?? []) page().hosts.add(origin.replace(/\/$/, ""));
}
