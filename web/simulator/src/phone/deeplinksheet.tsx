import type { DeeplinkAsk } from "@selasar/miniapp-host";
import { usePhoneText } from "../text/say";
import { LinkParts } from "./linkparts";
import { SheetFrame } from "./sheetframe";
import type { Sheet } from "./sheet";

/** Shows the target of a deeplink before the mini app is left. */
export function DeeplinkSheet({ shown, ask }: { shown: Sheet; ask: DeeplinkAsk }) {
  const say = usePhoneText();
  return (
    <SheetFrame shown={shown} app={ask.app} name={say("deeplinkTitle", { app: ask.app.name })}>
      {(armed) => (
        <>
          <LinkParts link={ask.deeplink} />
          <div class="sheet-actions pair">
            <button type="button" class="button big" aria-disabled={!armed} onClick={() => shown.answer({ answer: "decline" })}>
              {say("dontOpen")}
            </button>
            <button type="button" class="button big primary" aria-disabled={!armed} onClick={() => shown.answer({ answer: "open" })}>
              {say("openLink")}
            </button>
          </div>
        </>
      )}
    </SheetFrame>
  );
}
