import { log, logVersion } from "../control/live";
import { asksOf, groupOf, paramOf } from "../journal/entry";
import { markSheet } from "./back";
import { destination, screen } from "./session";

/** The methods that open a deeplink. */
const OPENERS = new Set(["openDeeplink", "openGopayDeeplink", "GPNavigator.launchDeeplink"]);

/**
 * With automatic answers, this page gets no ask for a deeplink, only a journal entry. The phone still shows the destination:
 * the target of a deeplink is always visible to the user.
 */
export function showAutomaticDeeplinks(): void {
  let read = 0;
  logVersion.subscribe(() => {
    const now = screen.get();
    const fresh = log.rows.slice(-50).filter(({ entry }) => entry.seq > read);
    read = log.last;
    if (now.at !== "launch" || !now.app) return;
    for (const { of, entry } of fresh.map((row) => groupOf(row.entry))) {
      if (of !== "call" || entry.event !== "call.succeeded" || !OPENERS.has(entry.detail.method)) continue;
      const deeplink = paramOf(entry.detail, "deeplink");
      if (entry.launch_id !== now.id || typeof deeplink !== "string" || asksOf(entry)[0]?.by === "page") continue;
      if (!destination.get()) markSheet(now.number);
      destination.set({ deeplink, appName: now.app.name });
    }
  });
}
