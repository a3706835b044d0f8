import { useLayoutEffect, useRef } from "preact/hooks";
import { Page, Pickers, TopBar } from "./bar/topbar";
import { link } from "./control/live";
import { Panels } from "./panel/panels";
import { drawer } from "./panel/tabs";
import { Sign } from "@selasar/ui/parts/sign";
import { KeysHelp } from "./keyshelp";
import { Announcer } from "./announcer";
import { useMedia } from "@selasar/ui/media";
import { takeLostFocus } from "@selasar/ui/parts/focus";
import { Notices } from "./phone/notices";
import { Phone } from "./phone/phone";
import { useStore } from "@selasar/ui/store";
import { usePanelText, usePhoneText } from "./text/say";

const SMALL = "(max-width: 640px)";

/** The page: the bar, the phone, the panels. On a small screen the phone fills the page, and a handle opens the panels. */
export function App() {
  const say = usePanelText();
  const small = useMedia(SMALL);
  const open = useStore(drawer, (d) => d);
  const gone = useStore(link, (l) => l === "gone");
  return (
    <div class="app" data-small={small} data-drawer={open}>
      <button type="button" class="button skip" onClick={toMiniApp}>
        {say("skipToMiniApp")}
      </button>
      {small ? <h1 class="unseen">Selasar</h1> : <TopBar />}
      {gone ? (
        <p class="gone" role="status">
          <Sign name="warn" />
          {say("reconnecting")} <code class="mono">selasar dev</code>
        </p>
      ) : null}
      <main class="phone-side" aria-label={say("phoneSide")} inert={small && open}>
        <Phone>{small && !open ? <Handle /> : null}</Phone>
        {small ? null : <Notices />}
      </main>
      {!small || open ? (
        <aside class="panel-side" aria-label={say("panels")}>
          {small ? <DrawerBar /> : null}
          <Panels />
        </aside>
      ) : null}
      <KeysHelp />
      <Announcer />
    </div>
  );
}

/** Focuses what is in front in the phone: a sheet, the mini app's frame, the button that opens it, or any other button. */
function toMiniApp(): void {
  for (const place of ['[role="dialog"]', "iframe:not([inert])", ".home-app", "button:not(.status-pull)"]) {
    const found = document.querySelector<HTMLElement>(`.phone ${place}`);
    if (found) return found.focus();
  }
}

function Handle() {
  const say = usePhoneText();
  return (
    <button type="button" class="handle" aria-label={say("openPanels")} onClick={() => drawer.set(true)}>
      <Sign name="panels" />
    </button>
  );
}

/** Focuses the drawer's close button when it opens, and the handle when it closes. */
function DrawerBar() {
  const say = usePanelText();
  const shut = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    takeLostFocus(shut.current);
    return () => void requestAnimationFrame(() => takeLostFocus(document.querySelector(".handle")));
  }, []);
  return (
    <>
      <div class="drawer-bar">
        <strong>Selasar</strong>
        <span class="spring" />
        <Page />
        <button ref={shut} type="button" class="icon-button" aria-label={say("closePanels")} onClick={() => drawer.set(false)}>
          <Sign name="close" size={20} />
        </button>
      </div>
      <div class="drawer-bar pickers">
        <Pickers />
      </div>
      <Notices />
    </>
  );
}
