import { changeDevice } from "../control/act";
import { control } from "../control/api";
import { state } from "../control/live";
import { missingMethods } from "../control/methods";
import type { Device } from "../control/shapes";
import { DEVICES, OS_NAMES } from "../bar/devicemenu";
import { Choice, Switch, TextField } from "@selasar/ui/parts/field";
import { PlaceEditor } from "../place/placeeditor";
import { useStore } from "@selasar/ui/store";
import { usePanelText } from "../text/say";
import { MotionEditor } from "../motion/motioneditor";
import { Clipboard } from "./clipboard";
import { ConfirmButton } from "./confirm";
import { FileList } from "./filelist";
import { Policy } from "./policy";
import { Sensors } from "./sensors";
import { VariantsEditor } from "./variantseditor";
import { NetworkSection, WebViewSection } from "./webviewsection";

/** All properties of the simulated device. A change applies immediately, even to open launches. */
export function DevicePanel() {
  const device = useStore(state, (s) => s?.device);
  const answers = useStore(state, (s) => s?.answers);
  if (!device || !answers) return null;
  return (
    <div class="columns">
      <div class="column">
        <Hardware device={device} />
        <Conditions device={device} />
        <Policy answers={answers} />
        <VariantsEditor device={device} />
      </div>
      <div class="column">
        <PlaceEditor device={device} />
        <MotionEditor device={device} />
        <Sensors device={device} />
        <Wifi device={device} />
        <Clipboard device={device} />
        <FileList />
        <WebViewSection device={device} />
        <NetworkSection device={device} />
        <Reset />
      </div>
    </div>
  );
}

function Hardware({ device }: { device: Device }) {
  const say = usePanelText();
  const preset = DEVICES.find((d) => d.patch.model === device.model && d.patch.os === device.os)?.name ?? "";
  const apps = useStore(state, (s) => s?.apps);
  const missing = missingMethods({ apps: apps ?? [], device });
  const text = (key: "os_version" | "brand" | "model" | "product") => (value: string) => changeDevice({ [key]: value.trim() });
  const named: [string, string][] = DEVICES.map(({ name, patch }) => [
    name,
    `${name} · ${OS_NAMES[patch.os ?? "android"]} ${patch.os_version}`,
  ]);
  return (
    <section class="section">
      <h3>{say("deviceSection")}</h3>
      <Choice
        label={say("preset")}
        value={preset}
        options={preset ? named : [["", say("ownDevice")], ...named]}
        change={async (name) => {
          const found = DEVICES.find((d) => d.name === name);
          if (found) await changeDevice(found.patch);
        }}
      />
      <Choice
        label="OS"
        value={device.os}
        options={[
          ["android", "Android"],
          ["ios", "iOS"],
        ]}
        change={(os) => changeDevice({ os })}
      />
      <TextField label={say("osVersion")} mono value={device.os_version} save={text("os_version")} />
      <TextField label={say("brand")} mono value={device.brand} save={text("brand")} />
      <TextField label={say("model")} mono value={device.model} save={text("model")} />
      <TextField label={say("product")} mono value={device.product} save={text("product")} />
      <TextField
        label={say("appVersion")}
        mono
        value={device.app_version}
        list={["2.10.0", "1.52.0", "1.45.0", "1.36.0", "1.35.9", "1.9.0"]}
        save={(v) => changeDevice({ app_version: v.trim() })}
        hint={
          missing.length ? (
            <span class="amber">{say("tooOld", { methods: missing.map(({ method, since }) => `${method} (${since})`).join(", ") })}</span>
          ) : (
            say("allMethods")
          )
        }
      />
      <Choice
        label={say("phoneLanguage")}
        value={device.locale}
        options={[
          ["en_ID", "English (en_ID)"],
          ["id_ID", "Bahasa Indonesia (id_ID)"],
        ]}
        change={(locale) => changeDevice({ locale })}
      />
    </section>
  );
}

function Conditions({ device }: { device: Device }) {
  const say = usePanelText();
  return (
    <section class="section">
      <h3>{say("conditions")}</h3>
      <Switch label={say("online")} on={device.online} change={(online) => changeDevice({ online })} hint={say("onlineHint")} />
      <Switch
        label={say("failing")}
        on={device.superapp === "failing"}
        change={(on) => changeDevice({ superapp: on ? "failing" : "ok" })}
        hint={say("failingHint")}
      />
      <Switch label={say("rooted")} on={device.rooted} change={(rooted) => changeDevice({ rooted })} />
      <Switch label={say("emulator")} on={device.emulator} change={(emulator) => changeDevice({ emulator })} />
      <TextField label="uuid" mono value={device.uuid} save={(uuid) => changeDevice({ uuid })} />
      <TextField label="idfa" mono value={device.idfa} save={(idfa) => changeDevice({ idfa })} />
      <TextField label="idfv" mono value={device.idfv} save={(idfv) => changeDevice({ idfv })} />
    </section>
  );
}

function Wifi({ device }: { device: Device }) {
  const say = usePanelText();
  const { wifi } = device;
  return (
    <section class="section">
      <h3>Wi-Fi</h3>
      <Switch
        label={say("wifiPresent")}
        on={wifi.present}
        change={(present) => changeDevice({ wifi: { present } })}
        hint={wifi.present ? undefined : say("wifiAbsentHint")}
      />
      <Switch
        label={say("wifiConnected")}
        on={wifi.connected}
        disabled={!wifi.present}
        change={(connected) => changeDevice({ wifi: { connected } })}
      />
      <TextField label="SSID" mono value={wifi.ssid} save={(ssid) => changeDevice({ wifi: { ssid } })} />
      <TextField label="BSSID" mono value={wifi.bssid} save={(bssid) => changeDevice({ wifi: { bssid } })} />
    </section>
  );
}

function Reset() {
  const say = usePanelText();
  return (
    <section class="section">
      <h3>{say("reset")}</h3>
      <p class="hint">{say("resetHint")}</p>
      <ConfirmButton label={say("resetAll")} sure={say("resetSure")} act={control.reset} />
    </section>
  );
}
