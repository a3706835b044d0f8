import type { DeeplinkAsk } from "@selasar/miniapp-host";
import { useLayoutEffect, useRef } from "preact/hooks";
import { Sign } from "@selasar/ui/parts/sign";
import { usePhoneText } from "../text/say";
import { takeLostFocus } from "@selasar/ui/parts/focus";
import { SheetFrame } from "./sheetframe";
import { destination, type Sheet } from "./session";

/** Shows the target of a deeplink before the mini app is left. */
export function DeeplinkSheet({ shown, ask }: { shown: Sheet; ask: DeeplinkAsk }) {
  const say = usePhoneText();
  return (
    <SheetFrame shown={shown} app={ask.app} name={say("deeplinkTitle", { app: ask.app.name })}>
      {(armed) => (
        <>
          <Link deeplink={ask.deeplink} />
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

/** The screen for an opened deeplink. The simulator has no such page, so the screen describes the real one. */
export function Destination({ deeplink, appName }: { deeplink: string; appName: string }) {
  const say = usePhoneText();
  const back = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    back.current?.focus({ preventScroll: true });
    // The frame below stops being inert in the same rendering and may take the focus a moment later.
    return () => void requestAnimationFrame(() => takeLostFocus(document.querySelector(".phone iframe")));
  }, []);
  const leave = () => destination.set(null);
  const keys = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    leave();
  };
  return (
    <section class="destination" aria-label={say("destination")} onKeyDown={keys}>
      <header class="title-bar">
        <button ref={back} type="button" class="icon-button" aria-label={say("backTo", { app: appName })} onClick={leave}>
          <Sign name="back" size={20} />
        </button>
        <strong>{partsOf(deeplink).place}</strong>
      </header>
      <div class="destination-body">
        <div class="picture-sign" data-tone="calm">
          <Sign name="out" size={24} />
        </div>
        <h2>{say("destinationTitle")}</h2>
        <Link deeplink={deeplink} />
        <p>{say("destinationHelp", { app: appName })}</p>
        <button type="button" class="button big primary" onClick={leave}>
          {say("backTo", { app: appName })}
        </button>
      </div>
    </section>
  );
}

/** A deeplink with its parts marked, and a list of its parameters. */
function Link({ deeplink }: { deeplink: string }) {
  const { scheme, place, query } = partsOf(deeplink);
  return (
    <div class="deeplink mono">
      <div>
        <span class="faint">{scheme}</span>
        <strong>{place}</strong>
      </div>
      {query.map(([key, value], i) => (
        <div key={i}>
          <span class="faint">{key}</span> {value}
        </div>
      ))}
    </div>
  );
}

function partsOf(deeplink: string): { scheme: string; place: string; query: [string, string][] } {
  const match = /^([a-z][a-z0-9+.-]*:\/\/)([^?#]*)(?:\?([^#]*))?/i.exec(deeplink);
  if (!match) return { scheme: "", place: deeplink, query: [] };
  return { scheme: match[1] ?? "", place: match[2] ?? "", query: [...new URLSearchParams(match[3] ?? "")] };
}
