import { useState, type useRef } from "preact/hooks";
import { changeDevice } from "../control/act";
import type { MotionPath, MotionPoint } from "../control/shapes";
import { usePanelText } from "../text/say";
import { MOVEMENTS, Recording, type Held, type MovementName } from "./path";

interface Props {
  path: MotionPath | undefined;
  held: Held;
  /** The recording that runs. */
  recording: ReturnType<typeof useRef<Recording | null>>;
  records: boolean;
  setRecords: (on: boolean) => void;
}

/** Plays a movement: one of a few, or one that the reader has recorded by dragging. */
export function Movements({ path, held, recording, records, setRecords }: Props) {
  const say = usePanelText();
  const [recorded, setRecorded] = useState<MotionPoint[] | null>(null);
  const play = (points: MotionPoint[]) => void changeDevice({ motion: { path: { points, loop: true, started_at: 0 } } });
  const stop = () => void changeDevice({ motion: { ...held, path: null } });
  const record = () => {
    if (recording.current) setRecorded(recording.current.end(held));
    recording.current = recording.current ? null : new Recording(held);
    setRecords(recording.current !== null);
  };
  const choose = (name: string) => {
    if (name === "recorded" && recorded) play(recorded);
    else if (Object.hasOwn(MOVEMENTS, name)) play(MOVEMENTS[name as MovementName](held));
  };
  return (
    <div class="path-row">
      <select
        aria-label={say("playMovement")}
        value=""
        disabled={records}
        onChange={(event) => {
          choose(event.currentTarget.value);
          event.currentTarget.value = "";
        }}
      >
        <option value="">{say("playMovement")}</option>
        {(Object.keys(MOVEMENTS) as MovementName[]).map((name) => (
          <option key={name} value={name}>
            {say(`movement_${name}`)}
          </option>
        ))}
        {recorded ? <option value="recorded">{say("movementRecorded", { s: (recorded.at(-1)!.at_ms / 1_000).toFixed(1) })}</option> : null}
      </select>
      <button type="button" class="button small" aria-pressed={records} onClick={record}>
        {say(records ? "stopRecording" : "record")}
      </button>
      <button type="button" class="button small" disabled={!path} onClick={stop}>
        {say("stopMovement")}
      </button>
    </div>
  );
}
