import type { ShareAsk } from "@selasar/miniapp-host";
import { usePhoneText } from "../text/say";
import { SheetFrame } from "./sheetframe";
import type { Sheet } from "./sheet";

/** Shows a text before the mini app shares it with another app. */
export function ShareSheet({ shown, ask }: { shown: Sheet; ask: ShareAsk }) {
  const say = usePhoneText();
  return (
    <SheetFrame shown={shown} app={ask.app} name={say("shareTitle", { app: ask.app.name })}>
      {(armed) => (
        <>
          <blockquote class="shared-text" tabIndex={0} aria-label={say("sharedText")}>
            {ask.text}
          </blockquote>
          <p class="sheet-note">{say("shareNote")}</p>
          <div class="sheet-actions pair">
            <button type="button" class="button big" aria-disabled={!armed} onClick={() => shown.answer({ answer: "cancelled" })}>
              {say("cancel")}
            </button>
            <button type="button" class="button big primary" aria-disabled={!armed} onClick={() => shown.answer({ answer: "shared" })}>
              {say("share")}
            </button>
          </div>
        </>
      )}
    </SheetFrame>
  );
}
