import { log, logVersion } from "../control/live";
import { detailOf, isOf, type CallDetail } from "../journal/entry";
import { markSheet } from "./back";
import { destination, screen } from "./session";

/**
 * With automatic answers no deeplink reaches this page as an ask; the journal tells of it. The phone shows the destination all the
 * same: where a deeplink leads is never hidden.
 */
export function showAutomaticDeeplinks(): void {
  let read = 0;
  logVersion.subscribe(() => {
    const now = screen.get();
    const fresh = log.rows
      .slice(-50)
      .filter(({ entry }) => entry.seq > read && isOf(entry, "call.succeeded") && entry.detail.method === "openDeeplink");
    read = log.last;
    if (now.at !== "launch" || !now.app) return;
    for (const { entry } of fresh) {
      const { params, asks } = detailOf<CallDetail>(entry);
      const deeplink = (params as { deeplink?: unknown } | undefined)?.deeplink;
      if (entry.launch_id !== now.id || typeof deeplink !== "string" || asks?.[0]?.by === "page") continue;
      if (!destination.get()) markSheet(now.number);
      destination.set({ deeplink, appName: now.app.name });
    }
  });
}
