import { log, logVersion } from "../control/live";
import { asksOf, groupOf, paramOf } from "../journal/entry";
import { markSheet } from "./back";
import { destination, type Away } from "./over";
import { screen } from "./session";

/** The methods that leave the mini app, each with the parameter that says where to. */
const OPENERS = new Map<string, Away["kind"]>([
  ["openDeeplink", "deeplink"],
  ["openGopayDeeplink", "deeplink"],
  ["GPNavigator.launchDeeplink", "deeplink"],
  ["GPNavigator.launchUri", "uri"],
]);

/**
 * With automatic answers, this page gets no ask for a deeplink or an address, only a journal entry. The phone still shows
 * the destination, so that the person always sees it.
 */
export function showAutomaticDeeplinks(): void {
  let read = 0;
  logVersion.subscribe(() => {
    const now = screen.get();
    const fresh = log.rows.slice(-50).filter(({ entry }) => entry.seq > read);
    read = log.last;
    if (now.at !== "launch" || !now.app) return;
    for (const { of, entry } of fresh.map((row) => groupOf(row.entry))) {
      if (of !== "call" || entry.event !== "call.succeeded") continue;
      const kind = OPENERS.get(entry.detail.method);
      const link = kind && paramOf(entry.detail, kind);
      if (entry.launch_id !== now.id || !kind || typeof link !== "string" || asksOf(entry)[0]?.by === "page") continue;
      if (!destination.get()) markSheet(now.number);
      destination.set({ kind, link, appName: now.app.name });
    }
  });
}
