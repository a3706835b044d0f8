import { control } from "../control/api";
import { state } from "../control/live";
import { Menu } from "@selasar/ui/parts/menu";
import { Sign } from "@selasar/ui/parts/sign";
import { AppIcon } from "../phone/appicon";
import { launch, openTopPage } from "../phone/session";
import { useStore } from "@selasar/ui/store";
import { usePanelText } from "../text/say";

/** The menu of the mini app: its addresses, its server and its state on the platform. */
export function AppMenu() {
  const say = usePanelText();
  const app = useStore(state, (s) => s?.apps[0]);
  const view = useStore(state, (s) => s?.device.webview);
  const target = useStore(state, (s) => s?.target);
  if (!app) return <span class="bar-note">{say("noMiniApp")}</span>;
  const suspended = app.status === "suspended";
  const trouble = suspended || target?.state === "exited";
  return (
    <Menu
      label={
        <>
          <AppIcon url={app.icon_url} name={app.name} size={16} /> {app.name}
          {trouble ? <span class="bar-word">{say(suspended ? "suspended" : "target_exited")}</span> : null}
        </>
      }
      name={say("appMenu", { app: app.name })}
      tone={trouble ? "warning" : "quiet"}
    >
      {(close) => (
        <>
          <dl class="facts">
            <dt>{say("id")}</dt>
            <dd class="mono">{app.id}</dd>
            <dt>{say("origin")}</dt>
            <dd class="mono">{app.origin}</dd>
            <dt>{say("generation")}</dt>
            <dd class="mono">{app.generation}</dd>
            {target ? (
              <>
                <dt>{say(`target_${target.kind}`)}</dt>
                <dd class="mono">{target.command ?? target.url ?? "·"}</dd>
                <dt>{say("targetState")}</dt>
                <dd>{say(`target_${target.state}`)}</dd>
              </>
            ) : null}
            <dt>{say("deeplinks")}</dt>
            <dd class="mono">{app.deeplinks.length ? app.deeplinks.map((d) => <div key={d}>{d}</div>) : say("none")}</dd>
          </dl>
          <div class="menu-actions">
            <button
              type="button"
              class="button small"
              onClick={() => {
                close();
                launch();
              }}
            >
              <Sign name="reload" />
              {say("relaunch")}
            </button>
            {view ? (
              <button
                type="button"
                class="button small"
                onClick={() => {
                  close();
                  openTopPage();
                }}
              >
                <Sign name="out" />
                {say("openTop")}
              </button>
            ) : null}
            <button
              type="button"
              class="button small"
              onClick={() => void control.setStatus(suspended ? "active" : "suspended").then(close)}
            >
              {say(suspended ? "activate" : "suspend")}
            </button>
          </div>
        </>
      )}
    </Menu>
  );
}
