import { createStore } from "@selasar/ui/store";
import { log, logVersion } from "../control/live";

/** What keeps the page of a launch from being shown. The texts are the journal's, in the reader's language. */
export interface Trouble {
  launch: number;
  reason: "foreign_origin" | "threw" | "error_status" | "slow";
  message: string;
  next: string;
}

export const trouble = createStore<Trouble | null>(null);

let current = 0;
let since = 0;
let blank = false;

/** Watches the journal for a launch from now on. */
export function watchTrouble(launch: number): void {
  current = launch;
  since = log.last;
  blank = false;
  trouble.set(null);
}

/** The page threw and shows nothing: the journal's row of it covers the page. */
export function coverBlank(): void {
  blank = true;
  look();
}

/** The page has been loaded, or talks to the host. */
export function settleTrouble(page: "loaded" | "connected"): void {
  const now = trouble.get();
  if (now?.reason === "slow" || (page === "connected" && now?.reason !== "foreign_origin")) trouble.set(null);
  if (page === "connected") blank = false;
  since = page === "connected" ? Math.max(since, log.last) : since;
}

export const dismissTrouble = (): void => {
  since = log.last;
  trouble.set(null);
};

function look(): void {
  for (let i = log.rows.length - 1; i >= 0; i--) {
    const { entry } = log.rows[i]!;
    if (entry.seq <= since) return;
    if (entry.event !== "page.trouble") continue;
    const { reason } = entry.detail;
    if (reason !== "foreign_origin" && reason !== "error_status" && reason !== "slow" && !(reason === "threw" && blank)) continue;
    since = entry.seq;
    trouble.set({ launch: current, reason, message: entry.message ?? "", next: entry.next ?? "" });
    return;
  }
}

logVersion.subscribe(look);
