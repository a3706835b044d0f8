import { log, logVersion } from "../control/live";
import { detailOf, isOf, type CallDetail } from "../journal/entry";
import { markSheet } from "./back";
import { destination, screen } from "./session";

/**
 * With automatic answers, this page gets no ask for a deeplink, only a journal entry. The phone still shows the destination:
 * the target of a deeplink is always visible to the user.
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
