import { useLayoutEffect, useRef } from "preact/hooks";
import { control } from "../control/api";
import { link, state } from "../control/live";
import { formatMoney, grouped } from "@selasar/ui/format/money";
import { useLoaded } from "../panel/loaded";
import { Sign } from "@selasar/ui/parts/sign";
import { useStore } from "@selasar/ui/store";
import { usePhoneText } from "../text/say";
import { AppIcon } from "./appicon";
import { ServerGone } from "./servergone";
import { takeLostFocus } from "@selasar/ui/parts/focus";
import { Moved, movementTitle } from "./history";
import { Reminders } from "./reminders";
import { shade } from "./over";
import { launch, showHistory, type Screen } from "./session";

/** The super app's home: a plain wallet, and a button that opens the mini app. The focus returns to the button that opened the last screen. */
export function Home({ from }: { from: Screen["at"] }) {
  const say = usePhoneText();
  const now = useStore(state, (s) => s);
  const pulled = useStore(shade, (s) => s);
  const gone = useStore(link, (l) => l === "gone");
  useLayoutEffect(() => {
    if (from === "launch") takeLostFocus(document.querySelector<HTMLElement>(".home-app"));
  }, []);
  if (!now)
    return gone ? (
      <ServerGone />
    ) : (
      <div class="home" role="group" aria-busy="true" aria-label={say("loading")}>
        <HomeSkeleton />
      </div>
    );
  const user = now.users.find((u) => u.id === now.current_user);
  return (
    <div class="home" inert={pulled}>
      <header class="home-top">
        <span class="home-brand">
          <Sign name="wallet" size={20} />
          Dompet
        </span>
        <span class="home-user">{say("greeting", { name: user?.name.split(" ")[0] ?? "" })}</span>
      </header>
      <section class="balance" aria-label={say("balance")}>
        <span>{say("balance")}</span>
        <strong class="figure">{formatMoney(user?.balance)}</strong>
        <span class="balance-more figure">
          {grouped(user?.coins ?? 0)} {say("coinsUnit")} · {grouped(user?.gems ?? 0)} {say("gemsUnit")}
        </span>
        <span class="mono">{user?.phone_number}</span>
      </section>
      <Reminders />
      <section class="home-apps">
        <h2>{say("miniApps")}</h2>
        {now.apps.map((app) => (
          <div key={app.id} class="home-app-card">
            <button type="button" class="home-app" aria-label={say("open", { app: app.name })} onClick={() => launch()}>
              <AppIcon url={app.icon_url} name={app.name} size={48} />
              <strong>{app.name}</strong>
              <Sign name="right" />
            </button>
            <span class="home-app-origin mono">{hostOf(app.origin)}</span>
          </div>
        ))}
      </section>
      <Activity from={from} />
    </div>
  );
}

/** The newest movements of the wallet, and a link to all. */
function Activity({ from }: { from: Screen["at"] }) {
  const say = usePhoneText();
  const { value } = useLoaded(control.wallet);
  const all = useRef<HTMLButtonElement>(null);
  const awaited = useRef(from === "history");
  useLayoutEffect(() => {
    if (!value || !awaited.current) return;
    awaited.current = false;
    takeLostFocus(all.current);
  }, [value]);
  return (
    <section class="home-activity">
      <h2>
        {say("history")}
        {value?.entries.length ? (
          <button ref={all} id="to-history" type="button" class="text-button" onClick={showHistory}>
            {say("seeAll")}
          </button>
        ) : null}
      </h2>
      {value?.entries.length ? (
        <ul>
          {value.entries.slice(0, 3).map((entry) => (
            <li key={entry.id}>
              <span>{movementTitle(entry, say)}</span>
              <Moved entry={entry} />
            </li>
          ))}
        </ul>
      ) : (
        <p class="faint">{say("noMovements")}</p>
      )}
    </section>
  );
}

function HomeSkeleton() {
  return (
    <>
      <div class="bone bone-line" />
      <div class="bone bone-card" />
      <div class="bone bone-row" />
    </>
  );
}

export function hostOf(origin: string): string {
  return origin.replace(/^https?:\/\//, "");
}
