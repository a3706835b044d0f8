import { askAlways, isAutomatic } from "../control/act";
import { state } from "../control/live";
import { offset } from "@selasar/ui/format/time";
import { help } from "../keys";
import { Menu } from "@selasar/ui/parts/menu";
import { Sign } from "@selasar/ui/parts/sign";
import { changeSettings, settings } from "@selasar/ui/settings";
import { useStore } from "@selasar/ui/store";
import { usePanelText } from "../text/say";
import { AppMenu } from "./appmenu";
import { ClockMenu } from "./clockmenu";
import { DeviceMenu } from "./devicemenu";
import { FaultsMenu } from "./faultsmenu";
import { UserMenu } from "./usermenu";

/** The bar: the mini app, the user, the device and the time. */
export function TopBar() {
  return (
    <header class="top-bar">
      <h1 class="brand">
        <Logo />
        Selasar
      </h1>
      <Pickers />
      <span class="spring" />
      <Page />
    </header>
  );
}

/** The menus of the phone: the mini app, the user, the device, the time and the faults. */
export function Pickers() {
  const say = usePanelText();
  const known = useStore(state, (s) => s !== null);
  const moved = useStore(state, (s) => offset(s?.clock.offset_ms ?? 0, say));
  const automatic = useStore(state, (s) => s && isAutomatic(s.answers));
  if (!known) return <span class="bar-bone" />;
  return (
    <>
      <AppMenu />
      <UserMenu />
      <DeviceMenu />
      <Menu
        label={
          <>
            <Sign name="clock" size={12} /> {moved || say("now")}
          </>
        }
        name={moved ? say("clockMoved", { offset: moved }) : say("clockNow")}
        tone={moved ? "warning" : "quiet"}
      >
        {(close) => <ClockMenu close={close} />}
      </Menu>
      <FaultsMenu />
      {automatic ? (
        <button type="button" class="bar-button" data-tone="warning" title={say("askMe")} onClick={() => void askAlways()}>
          {say("answersAutomatic")}
        </button>
      ) : null}
    </>
  );
}

/** The page's own settings: theme and language. */
export function Page() {
  const say = usePanelText();
  const { theme, language } = useStore(settings, (s) => s);
  const next = theme === "system" ? "light" : theme === "light" ? "dark" : "system";
  const other = language === "en" ? "id" : "en";
  return (
    <>
      <button type="button" class="bar-button" aria-label={say("keys")} title={say("keys")} onClick={() => help.set(true)}>
        ?
      </button>
      <button
        type="button"
        class="bar-button"
        aria-label={say("theme", { theme: say(`theme_${theme}`) })}
        title={say("theme", { theme: say(`theme_${theme}`) })}
        onClick={() => changeSettings({ theme: next })}
      >
        <Sign name="theme" />
        <span class="bar-extra">{say(`theme_${theme}`)}</span>
      </button>
      <button
        type="button"
        class="bar-button"
        aria-label={language === "en" ? "EN → Bahasa Indonesia" : "ID → English"}
        lang={other}
        title={language === "en" ? "Bahasa Indonesia" : "English"}
        onClick={() => changeSettings({ language: other })}
      >
        {language.toUpperCase()}
      </button>
    </>
  );
}

function Logo() {
  return (
    <svg width="20" height="20" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" class="logo-ground" />
      <path
        d="M6 12.5 16 7l10 5.5M8.5 13v11M16 13v11M23.5 13v11"
        fill="none"
        class="logo-lines"
        stroke-width="2.4"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}
