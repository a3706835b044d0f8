import { control } from "../control/api";
import { link, state } from "../control/live";
import { formatMoney, grouped } from "../format/money";
import { useLoaded } from "../panel/loaded";
import { Sign } from "../parts/sign";
import { useStore } from "../store";
import { usePhoneText } from "../text/say";
import { AppIcon } from "./appicon";
import { FirstVisit } from "./firstvisit";
import { Moved, movementTitle } from "./history";
import { Reminders } from "./reminders";
import { launch, shade, showHistory } from "./session";

/** The super app's home: a plain wallet, and the mini app one press away. */
export function Home() {
  const say = usePhoneText();
  const now = useStore(state, (s) => s);
  const pulled = useStore(shade, (s) => s);
  const gone = useStore(link, (l) => l === "gone");
  if (!now) return gone ? <FirstVisit gone /> : <div class="home" aria-busy="true" aria-label={say("loading")}><HomeSkeleton /></div>;
  const user = now.users.find((u) => u.id === now.current_user);
  return (
    <div class="home" inert={pulled}>
      <header class="home-top">
        <span class="home-brand"><Sign name="wallet" size={20} />Dompet</span>
        <span class="home-user">{say("greeting", { name: user?.name.split(" ")[0] ?? "" })}</span>
      </header>
      <section class="balance" aria-label={say("balance")}>
        <span>{say("balance")}</span>
        <strong class="figure">{formatMoney(user?.balance)}</strong>
        <span class="balance-more figure">{grouped(user?.coins ?? 0)} {say("coinsUnit")} · {grouped(user?.gems ?? 0)} {say("gemsUnit")}</span>
        <span class="balance-phone mono">{user?.phone_number}</span>
      </section>
      <Reminders />
      {now.apps.length === 0 ? <FirstVisit /> : (
        <section class="home-apps">
          <h2>{say("miniApps")}</h2>
          {now.apps.map((app) => (
            <button key={app.id} type="button" class="home-app" aria-label={say("open", { app: app.name })} onClick={() => launch()}>
              <AppIcon url={app.icon_url} name={app.name} size={48} />
              <span class="home-app-text">
                <strong>{app.name}</strong>
                <span class="mono">{hostOf(app.origin)}</span>
              </span>
              <Sign name="right" />
            </button>
          ))}
        </section>
      )}
      <Activity />
    </div>
  );
}

/** The newest movements of the wallet, and the way to all of them. */
function Activity() {
  const say = usePhoneText();
  const { value } = useLoaded(control.wallet);
  return (
    <section class="home-activity">
      <h2>{say("history")}{value?.entries.length ? <button id="to-history" type="button" class="text-button" onClick={showHistory}>{say("seeAll")}</button> : null}</h2>
      {value?.entries.length ? (
        <ul>{value.entries.slice(0, 3).map((entry) => <li key={entry.id}><span>{movementTitle(entry, say)}</span><Moved entry={entry} /></li>)}</ul>
      ) : <p class="faint">{say("noMovements")}</p>}
    </section>
  );
}

function HomeSkeleton() {
  return <><div class="bone bone-line" /><div class="bone bone-card" /><div class="bone bone-row" /></>;
}

export function hostOf(origin: string): string {
  return origin.replace(/^https?:\/\//, "");
}
