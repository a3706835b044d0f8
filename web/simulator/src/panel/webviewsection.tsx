import { Switch, TextField } from "@selasar/ui/parts/field";
import { useStore } from "@selasar/ui/store";
import { changeDevice } from "../control/act";
import { control } from "../control/api";
import type { Device } from "../control/shapes";
import { openTopPage, screen } from "../phone/session";
import { usePanelText } from "../text/say";

/** The WebView that the phone's frame stands for: its limits, and what the phone does to it. */
export function WebViewSection({ device }: { device: Device }) {
  const say = usePanelText();
  const open = useStore(screen, (s) => s.at === "launch" && s.state === "open");
  return (
    <section class="section">
      <h3>WebView</h3>
      <Switch
        label={say("webviewLimits")}
        on={device.webview}
        change={(webview) => changeDevice({ webview })}
        hint={say(device.webview ? "webviewOnHint" : "webviewOffHint")}
      />
      <TextField
        label="User-Agent"
        mono
        value={device.user_agent}
        list={["browser"]}
        save={(agent) => changeDevice({ user_agent: agent.trim() })}
        hint={say("userAgentHint")}
      />
      <Switch
        label={say("keyboard")}
        on={device.keyboard}
        disabled={!device.webview}
        change={(keyboard) => changeDevice({ keyboard })}
        hint={say(device.os === "ios" ? "keyboardIosHint" : "keyboardAndroidHint")}
      />
      <Switch
        label={say("background")}
        on={device.background}
        disabled={!device.webview}
        change={(background) => changeDevice({ background })}
        hint={say(device.os === "ios" ? "backgroundIosHint" : "backgroundAndroidHint")}
      />
      <div class="actions">
        <button type="button" class="button small" disabled={!open || !device.webview} onClick={() => void control.killPage()}>
          {say("killPage")}
        </button>
        <button type="button" class="button small" disabled={!device.webview} onClick={openTopPage}>
          {say("openTop")}
        </button>
      </div>
      <p class="hint">{say("frameHint")}</p>
    </section>
  );
}

/** The quality of the phone's connection. */
export function NetworkSection({ device }: { device: Device }) {
  const say = usePanelText();
  const { network } = device;
  const number = (name: keyof Device["network"]) => (text: string) => {
    const value = Number(text.trim() || 0);
    if (!Number.isInteger(value)) throw new Error(say("wholeNumber"));
    return changeDevice({ network: { [name]: value } });
  };
  return (
    <section class="section">
      <h3>{say("network")}</h3>
      <TextField label={say("latency")} numeric value={String(network.latency_ms)} save={async (text) => number("latency_ms")(text)} />
      <TextField
        label={say("loss")}
        numeric
        value={String(network.loss_percent)}
        save={async (text) => number("loss_percent")(text)}
        hint={say("lossHint")}
      />
      <TextField
        label={say("bandwidth")}
        numeric
        value={String(network.bandwidth_kbps)}
        save={async (text) => number("bandwidth_kbps")(text)}
        hint={say("bandwidthHint")}
      />
    </section>
  );
}
