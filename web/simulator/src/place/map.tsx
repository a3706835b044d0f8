import { useState } from "preact/hooks";
import type { Place } from "../control/shapes";
import { Sign } from "@selasar/ui/parts/sign";
import { usePanelText } from "../text/say";
import { TOWNS } from "./region";
import { distance, kilometres } from "./travel";
import { boxOf, gridLines, gridStep, placeAt, SPANS, WHOLE, type Box, type View } from "./view";

interface Props {
  here: Place;
  enabled: boolean;
  /** The path that is drawn or travelled. */
  way: Place[];
  loop: boolean;
  pick: (place: Place) => void;
}

/** A plain map of the region. A press sets the location; an arrow key moves it by a twentieth of the view. */
export function PlaceMap({ here, enabled, way, loop, pick }: Props) {
  const say = usePanelText();
  const [level, setLevel] = useState(0);
  const [centre, setCentre] = useState<Place>(here);
  const view: View = { ...centre, span: SPANS[level]! };
  const box = boxOf(view);
  const zoom = (to: number) => {
    if (to < 0 || to >= SPANS.length) return;
    setCentre(here);
    setLevel(to);
  };
  const press = (event: MouseEvent) => {
    const { left, top, width, height } = (event.currentTarget as Element).getBoundingClientRect();
    pick(placeAt(box, (event.clientX - left) / width, (event.clientY - top) / height));
  };
  const keys = (event: KeyboardEvent) => {
    const [x, y] = ({ ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] } as Record<string, [number, number]>)[
      event.key
    ] ?? [0, 0];
    if (event.key === "+" || event.key === "=") zoom(level + 1);
    else if (event.key === "-") zoom(level - 1);
    else if (x === 0 && y === 0) return;
    else pick({ longitude: here.longitude + (x * box.width) / 20, latitude: here.latitude + (y * box.width) / 20 });
    event.preventDefault();
  };
  const at = `${here.latitude.toFixed(5)}, ${here.longitude.toFixed(5)}`;
  return (
    <div class="map" data-off={!enabled}>
      <svg
        viewBox={`${box.west} ${-box.north} ${box.width} ${box.height}`}
        role="application"
        tabindex={0}
        aria-label={say("mapLabel", { at })}
        onClick={press}
        onKeyDown={keys}
      >
        <Ground box={box} />
        {level < 3 ? <Towns box={box} /> : null}
        <Way way={way} loop={loop} box={box} />
        <Here here={here} box={box} />
      </svg>
      {level < 3 ? <TownNames box={box} /> : null}
      <div class="map-zoom">
        <button
          type="button"
          class="icon-button"
          aria-label={say("zoomIn")}
          disabled={level === SPANS.length - 1}
          onClick={() => zoom(level + 1)}
        >
          <Sign name="plus" />
        </button>
        <button type="button" class="icon-button" aria-label={say("zoomOut")} disabled={level === 0} onClick={() => zoom(level - 1)}>
          <Sign name="minus" />
        </button>
      </div>
      <Scale box={box} />
    </div>
  );
}

function Ground({ box }: { box: Box }) {
  const step = gridStep(box.width);
  const grid = [
    ...gridLines(box.west, box.west + box.width, step).map((x) => `M${x} ${-box.north}v${box.height}`),
    ...gridLines(box.north - box.height, box.north, step).map((y) => `M${box.west} ${-y}h${box.width}`),
  ].join("");
  return (
    <>
      <use class="map-land" href="./region.svg#land" />
      <path class="map-grid" d={grid} vector-effect="non-scaling-stroke" />
    </>
  );
}

function townsOf(box: Box): typeof TOWNS {
  const few = box.width === WHOLE ? ["Jakarta", "Medan", "Surabaya", "Denpasar", "Makassar", "Pontianak", "Jayapura", "Manado"] : null;
  return TOWNS.filter(({ name }) => !few || few.includes(name));
}

function Towns({ box }: { box: Box }) {
  return (
    <g class="map-towns">
      {townsOf(box).map(({ name, latitude, longitude }) => (
        <circle key={name} cx={longitude} cy={-latitude} r={box.width / 250} />
      ))}
    </g>
  );
}

/** The names are above the drawing, so their size does not depend on its width. */
function TownNames({ box }: { box: Box }) {
  return (
    <div class="town-names" aria-hidden="true">
      {townsOf(box).map(({ name, latitude, longitude }) => {
        const x = (longitude - box.west) / box.width;
        return (
          <span key={name} data-end={x > 0.85} style={{ left: `${x * 100}%`, top: `${((box.north - latitude) / box.height) * 100}%` }}>
            {name}
          </span>
        );
      })}
    </div>
  );
}

function Way({ way, loop, box }: { way: Place[]; loop: boolean; box: Box }) {
  if (way.length === 0) return null;
  const d = "M" + way.map((p) => `${p.longitude} ${-p.latitude}`).join("L") + (loop && way.length > 2 ? "Z" : "");
  return (
    <g class="map-way">
      <path d={d} vector-effect="non-scaling-stroke" />
      {way.map((p, i) => (
        <circle key={i} cx={p.longitude} cy={-p.latitude} r={box.width * 0.006} />
      ))}
    </g>
  );
}

function Here({ here, box }: { here: Place; box: Box }) {
  const r = box.width / 100;
  return (
    <g class="map-here" transform={`translate(${here.longitude} ${-here.latitude})`}>
      <circle r={r * 2.6} class="map-halo" />
      <circle r={r} class="map-dot" vector-effect="non-scaling-stroke" />
    </g>
  );
}

/** A scale bar of a round distance. */
function Scale({ box }: { box: Box }) {
  const say = usePanelText();
  const middle = box.north - box.height / 2;
  const whole = distance({ latitude: middle, longitude: box.west }, { latitude: middle, longitude: box.west + box.width });
  const power = 10 ** Math.floor(Math.log10(whole / 5));
  const length = [5, 2, 1].map((n) => n * power).find((n) => n <= whole / 5) ?? power;
  return (
    <div class="map-scale" style={{ width: `${(length / whole) * 100}%` }}>
      {kilometres(length, say)}
    </div>
  );
}
