import { useEffect, useState } from "preact/hooks";
import { changeDevice } from "../control/act";
import { clockShift } from "../control/live";
import type { Device, Place } from "../control/shapes";
import { Switch, TextField } from "@selasar/ui/parts/field";
import { useStore } from "@selasar/ui/store";
import { usePanelText } from "../text/say";
import { PlaceMap } from "./map";
import { PathEditor } from "./patheditor";
import { TOWNS } from "./region";
import { positionAt, round } from "./travel";

/** Sets the device's location: a preset, a press on the map, coordinates, or a path. */
export function PlaceEditor({ device }: { device: Device }) {
  const say = usePanelText();
  const { location } = device;
  const [drawing, setDrawing] = useState<Place[] | null>(null);
  const here = useHere(device);
  const go = (place: Place, preset: string | null = null) => changeDevice({ location: { ...round(place), preset, path: null } });
  const pick = (place: Place) => {
    if (drawing) setDrawing([...drawing, round(place)]);
    else void go(place);
  };
  const coordinate = (key: "latitude" | "longitude", limit: number, example: string) => async (text: string) => {
    const value = Number(text.trim().replace(",", "."));
    if (!text.trim() || !Number.isFinite(value) || Math.abs(value) > limit) throw new Error(say("badCoordinate", { limit, example }));
    await go({ ...here, [key]: value });
  };
  const way = drawing ?? location.path?.points ?? [];
  return (
    <section class="section place">
      <h3>{say("location")}</h3>
      <Switch
        label={say("locationServices")}
        on={location.enabled}
        change={(enabled) => changeDevice({ location: { enabled } })}
        hint={location.enabled ? undefined : say("locationOffHint")}
      />
      <PlaceMap here={here} enabled={location.enabled} way={way} loop={location.path?.loop ?? false} pick={pick} />
      <div class="chips" role="group" aria-label={say("presets")}>
        {TOWNS.slice(0, 8).map((town) => (
          <button
            key={town.name}
            type="button"
            class="chip"
            aria-pressed={!location.path && isAt(location, town)}
            onClick={() => void go(town, town.name)}
          >
            {town.name}
          </button>
        ))}
      </div>
      <div class="two">
        <TextField label={say("latitude")} mono numeric value={here.latitude.toFixed(6)} save={coordinate("latitude", 90, "-6.1754")} />
        <TextField
          label={say("longitude")}
          mono
          numeric
          value={here.longitude.toFixed(6)}
          save={coordinate("longitude", 180, "106.8272")}
        />
      </div>
      <PathEditor device={device} here={here} drawing={drawing} draw={setDrawing} />
    </section>
  );
}

const isAt = (a: Place, b: Place) => Math.abs(a.latitude - b.latitude) < 0.002 && Math.abs(a.longitude - b.longitude) < 0.002;

/** Returns the device's current location; on a path it follows the simulated clock. */
function useHere({ location }: Device): Place {
  const shift = useStore(clockShift, (ms) => ms);
  const [, again] = useState(0);
  const moving = Boolean(location.path && location.path.points.length > 1);
  useEffect(() => {
    if (!moving) return;
    const timer = setInterval(() => again((n) => n + 1), 500);
    return () => clearInterval(timer);
  }, [moving]);
  return location.path && moving ? positionAt(location.path, Date.now() + shift) : location;
}
