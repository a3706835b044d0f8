import type { DeeplinkAsk, URIAsk } from "@selasar/miniapp-host";
import { usePhoneText } from "../text/say";
import { LinkParts } from "./linkparts";
import { SheetFrame } from "./sheetframe";
import type { Sheet } from "./sheet";

/** Shows a deeplink or an address before the phone opens it. */
export function LinkSheet({ shown, ask }: { shown: Sheet; ask: DeeplinkAsk | URIAsk }) {
  const say = usePhoneText();
  const [title, link] = ask.kind === "uri" ? (["uriTitle", ask.uri] as const) : (["deeplinkTitle", ask.deeplink] as const);
  return (
    <SheetFrame shown={shown} app={ask.app} name={say(title, { app: ask.app.name })}>
      {(armed) => (
        <>
          <LinkParts link={link} />
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
