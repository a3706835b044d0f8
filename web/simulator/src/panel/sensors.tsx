import { Switch } from "@selasar/ui/parts/field";
import { changeDevice } from "../control/act";
import type { Device } from "../control/shapes";
import { usePanelText } from "../text/say";

/** The sensors of the device, each of which a device may lack. */
export function Sensors({ device }: { device: Device }) {
  const say = usePanelText();
  return (
    <section class="section">
      <h3>{say("sensors")}</h3>
      <p class="hint">{say("sensorsHint")}</p>
      {(Object.keys(device.sensors) as (keyof Device["sensors"])[]).map((name) => (
        <Switch
          key={name}
          label={say(`sensor_${name}`)}
          on={device.sensors[name]}
          change={(present) => changeDevice({ sensors: { [name]: present } })}
        />
      ))}
    </section>
  );
}
