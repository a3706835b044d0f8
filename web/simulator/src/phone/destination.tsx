import { useLayoutEffect, useRef } from "preact/hooks";
import { takeLostFocus } from "@selasar/ui/parts/focus";
import { Sign } from "@selasar/ui/parts/sign";
import { usePhoneText } from "../text/say";
import { LinkParts, partsOf } from "./linkparts";
import { destination, type Away } from "./over";

/**
 * The screen for an opened deeplink or address. The simulator has no such page, so the screen describes the real one,
 * and an address of the web can be opened in the browser.
 */
export function Destination({ kind, link, appName }: Away) {
  const say = usePhoneText();
  const back = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    back.current?.focus({ preventScroll: true });
    // The frame below stops being inert in the same rendering and may take the focus a moment later.
    return () => void requestAnimationFrame(() => takeLostFocus(document.querySelector(".phone iframe:not([inert])")));
  }, []);
  const leave = () => destination.set(null);
  const keys = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    leave();
  };
  const web = kind === "uri" && /^https?:\/\//i.test(link);
  return (
    <section class="destination" aria-label={say(kind === "uri" ? "openedOutside" : "destination")} onKeyDown={keys}>
      <header class="title-bar">
        <button ref={back} type="button" class="icon-button" aria-label={say("backTo", { app: appName })} onClick={leave}>
          <Sign name="back" size={20} />
        </button>
        <strong>{partsOf(link).place}</strong>
      </header>
      <div class="destination-body">
        <div class="picture-sign" data-tone="calm">
          <Sign name="out" size={24} />
        </div>
        <h2>{say(kind === "uri" ? "openedOutsideTitle" : "destinationTitle")}</h2>
        <LinkParts link={link} />
        <p>{say(kind === "uri" ? "openedOutsideHelp" : "destinationHelp", { app: appName })}</p>
        {web ? (
          <a class="button big" href={link} target="_blank" rel="noopener noreferrer">
            {say("openInBrowser")}
          </a>
        ) : null}
        <button type="button" class="button big primary" onClick={leave}>
          {say("backTo", { app: appName })}
        </button>
      </div>
    </section>
  );
}
