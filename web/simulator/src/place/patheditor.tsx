import { Mistake } from "@selasar/ui/parts/mistake";
import { useState } from "preact/hooks";
import { changeDevice } from "../control/act";
import type { Device, Place } from "../control/shapes";
import { usePanelText } from "../text/say";
import { TOWNS } from "./region";
import { kilometres, lengthOf, round, roundAbout } from "./travel";

/** Speeds in kilometres per hour. */
const SPEEDS = [5, 15, 30, 60, 120] as const;

interface Props {
  device: Device;
  here: Place;
  drawing: Place[] | null;
  draw: (points: Place[] | null) => void;
}

/** Chooses a path, or draws one point by point on the map, and a speed. */
export function PathEditor({ device, here, drawing, draw }: Props) {
  const say = usePanelText();
  const path = device.location.path;
  const [speed, setSpeed] = useState<number>(30);
  const [loop, setLoop] = useState(true);
  const [problem, setProblem] = useState("");
  const start = (points: Place[], round: boolean) =>
    changeDevice({ location: { path: { points, speed_mps: Number((speed / 3.6).toFixed(2)), loop: round, started_at: 0 } } }).then(
      () => {
        setProblem("");
        draw(null);
      },
      (error: Error) => setProblem(error.message),
    );
  const choose = (name: string) => {
    const [from, to] = name.split(" → ").map((town) => TOWNS.find((t) => t.name === town));
    if (name === "round") void start(roundAbout(here), true);
    else if (from && to) void start([round(from), round(to)], loop);
  };
  return (
    <div class="path-editor">
      <div class="path-row">
        <strong>{say("path")}</strong>
        <label>
          {say("speed")}{" "}
          <select value={String(speed)} onChange={(event) => setSpeed(Number(event.currentTarget.value))}>
            {SPEEDS.map((kmh) => (
              <option key={kmh} value={kmh}>
                {kmh} km/h
              </option>
            ))}
          </select>
        </label>
        <label class="inline">
          <input type="checkbox" checked={loop} onChange={(event) => setLoop(event.currentTarget.checked)} /> {say("loop")}
        </label>
      </div>
      {drawing ? (
        <div class="path-row">
          <span role="status">{say("drawn", { n: drawing.length, length: kilometres(lengthOf({ points: drawing, loop }), say) })}</span>
          <button type="button" class="button small" disabled={drawing.length === 0} onClick={() => draw(drawing.slice(0, -1))}>
            {say("undoPoint")}
          </button>
          <button type="button" class="button small primary" disabled={drawing.length < 2} onClick={() => void start(drawing, loop)}>
            {say("startPath")}
          </button>
          <button type="button" class="text-button" onClick={() => draw(null)}>
            {say("cancel")}
          </button>
        </div>
      ) : (
        <div class="path-row">
          <select
            aria-label={say("choosePath")}
            value=""
            onChange={(event) => {
              choose(event.currentTarget.value);
              event.currentTarget.value = "";
            }}
          >
            <option value="">{say("choosePath")}</option>
            <option value="round">{say("pathRound")}</option>
            <option>Jakarta → Bandung</option>
            <option>Semarang → Yogyakarta</option>
            <option>Surabaya → Denpasar</option>
          </select>
          <button type="button" class="button small" onClick={() => draw([])}>
            {say("drawPath")}
          </button>
          {path ? (
            <button
              type="button"
              class="button small"
              onClick={() => void changeDevice({ location: { ...round(here), preset: null, path: null } })}
            >
              {say("stopHere")}
            </button>
          ) : null}
          {path ? (
            <span class="faint">
              {kilometres(lengthOf(path), say)} · {Math.round(path.speed_mps * 3.6)} km/h
            </span>
          ) : null}
        </div>
      )}
      <Mistake text={problem} />
    </div>
  );
}
