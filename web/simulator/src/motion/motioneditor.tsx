import { Mistake } from "@selasar/ui/parts/mistake";
import { TextField } from "@selasar/ui/parts/field";
import { useRef, useState } from "preact/hooks";
import { changeDevice } from "../control/act";
import type { Device } from "../control/shapes";
import { usePanelText } from "../text/say";
import { Compass } from "./compass";
import { Gestures } from "./gestures";
import { Movements } from "./movements";
import type { Held, Recording } from "./path";
import { POSITIONS, type PositionName } from "./space";
import { SpacePhone } from "./spacephone";
import { useHeld } from "./useheld";

/** Turns the device in space, shakes it, and blows at it. */
export function MotionEditor({ device }: { device: Device }) {
  const say = usePanelText();
  const { held, hold, problem } = useHeld(device.motion);
  const recording = useRef<Recording | null>(null);
  const [records, setRecords] = useState(false);
  const turn = (part: Partial<Held>) => {
    recording.current?.add({ ...held, ...part });
    hold(part);
  };
  return (
    <section class="section">
      <h3>{say("motion")}</h3>
      <p class="hint">{say("motionHint")}</p>
      <div class="motion-pair">
        <SpacePhone at={held} turned={turn} />
        <Compass heading={held.heading} turned={(heading) => turn({ heading })} />
      </div>
      <div class="chips" role="group" aria-label={say("positions")}>
        {(Object.keys(POSITIONS) as PositionName[]).map((name) => (
          <button
            key={name}
            type="button"
            class="chip"
            aria-pressed={POSITIONS[name].beta === Math.abs(held.beta) && POSITIONS[name].gamma === held.gamma}
            onClick={() => turn(POSITIONS[name])}
          >
            {say(`position_${name}`)}
          </button>
        ))}
      </div>
      <Angles held={held} />
      <Movements path={device.motion.path} held={held} recording={recording} records={records} setRecords={setRecords} />
      <Gestures />
      <Mistake text={problem} />
    </section>
  );
}

/** The angles as numbers. */
function Angles({ held }: { held: Held }) {
  const say = usePanelText();
  const set = (name: keyof Held, from: number, to: number, otherwise: string) => (text: string) =>
    changeDevice({ motion: { ...held, [name]: numberIn(text, from, to, otherwise), path: null } });
  return (
    <div class="three">
      <TextField label={say("tilt")} mono numeric value={short(held.beta)} save={set("beta", -180, 180, say("badAngle", { limit: 180 }))} />
      <TextField label={say("roll")} mono numeric value={short(held.gamma)} save={set("gamma", -90, 90, say("badAngle", { limit: 90 }))} />
      <TextField label={say("heading")} mono numeric value={short(held.heading)} save={set("heading", 0, 359.999, say("badHeading"))} />
    </div>
  );
}

const short = (value: number) => String(Math.round(value * 10) / 10);

function numberIn(text: string, from: number, to: number, otherwise: string): number {
  const value = Number(text.trim().replace(",", "."));
  if (!text.trim() || !(value >= from && value <= to)) throw new Error(otherwise);
  return value;
}
