import type { URIAsk } from "@selasar/miniapp-host";
import { usePhoneText } from "../text/say";
import { LinkParts } from "./linkparts";
import { SheetFrame } from "./sheetframe";
import type { Sheet } from "./sheet";

/** Shows an address before the phone opens it outside the mini app. */
export function UriSheet({ shown, ask }: { shown: Sheet; ask: URIAsk }) {
  const say = usePhoneText();
  return (
    <SheetFrame shown={shown} app={ask.app} name={say("uriTitle", { app: ask.app.name })}>
      {(armed) => (
        <>
          <LinkParts link={ask.uri} />
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
