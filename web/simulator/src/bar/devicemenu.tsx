import { changeDevice } from "../control/act";
import { state } from "../control/live";
import type { Device, Patch } from "../control/shapes";
import { Menu } from "@selasar/ui/parts/menu";
import { Sign } from "@selasar/ui/parts/sign";
import { openPanel } from "../panel/tabs";
import { useStore } from "@selasar/ui/store";
import { usePanelText } from "../text/say";

interface DevicePreset {
  name: string;
  patch: Patch<Device>;
}

export const OS_NAMES = { android: "Android", ios: "iOS" } as const;

/** Identifiers that only Apple's devices have: invented ones, in the form of real ones. */
const APPLE = { idfa: "6D92078A-8246-4BA4-AE5B-76104861E7DC", idfv: "599F9C00-92DC-4B5C-9464-7971F01F8370" };
const NONE = { idfa: "", idfv: "" };

/** The device presets; the panel changes single properties. */
export const DEVICES: readonly DevicePreset[] = [
  { name: "Galaxy A54", patch: { os: "android", os_version: "14", brand: "samsung", model: "SM-A546E", product: "a54x", ...NONE } },
  { name: "Pixel 9", patch: { os: "android", os_version: "16", brand: "Google", model: "Pixel 9", product: "tokay", ...NONE } },
  { name: "Redmi 9A", patch: { os: "android", os_version: "10", brand: "Redmi", model: "M2006C3LG", product: "dandelion", ...NONE } },
  { name: "iPhone 16", patch: { os: "ios", os_version: "19.1", brand: "Apple", model: "iPhone17,3", product: "iPhone", ...APPLE } },
  { name: "iPhone SE", patch: { os: "ios", os_version: "15.8", brand: "Apple", model: "iPhone14,6", product: "iPhone", ...APPLE } },
];

/** The menu of the device: its preset and its most used switches. */
export function DeviceMenu() {
  const say = usePanelText();
  const device = useStore(state, (s) => s?.device);
  if (!device) return null;
  const label = `${OS_NAMES[device.os]} · ${device.app_version}`;
  const flip = (name: string, on: boolean, patch: Patch<Device>) => (
    <button type="button" class="menu-item" role="switch" aria-checked={on} onClick={() => void changeDevice(patch)}>
      <span class="menu-check">{on ? <Sign name="check" /> : null}</span>
      {name}
    </button>
  );
  return (
    <Menu
      label={
        <>
          <span class="bar-key">{say("device")}</span> {label}
        </>
      }
      name={say("deviceMenu", { device: label })}
    >
      {(close) => (
        <>
          {DEVICES.map(({ name, patch }) => (
            <button
              key={name}
              type="button"
              class="menu-item"
              aria-pressed={device.model === patch.model}
              onClick={() => {
                close();
                void changeDevice(patch);
              }}
            >
              <span class="menu-check">{device.model === patch.model ? <Sign name="check" /> : null}</span>
              <span>{name}</span>
              <span class="faint">
                {OS_NAMES[patch.os ?? "android"]} {patch.os_version}
              </span>
            </button>
          ))}
          <hr />
          {flip(say("online"), device.online, { online: !device.online })}
          {flip(say("locationServices"), device.location.enabled, { location: { enabled: !device.location.enabled } })}
          {flip("Bahasa Indonesia", device.locale === "id_ID", { locale: device.locale === "id_ID" ? "en_ID" : "id_ID" })}
          <button
            type="button"
            class="menu-item apart"
            onClick={() => {
              close();
              openPanel("device");
            }}
          >
            <span class="menu-check" />
            {say("deviceMore")}
          </button>
        </>
      )}
    </Menu>
  );
}
