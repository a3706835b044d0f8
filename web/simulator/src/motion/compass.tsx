import { useRef } from "preact/hooks";
import { usePanelText } from "../text/say";
import { headingIn } from "./space";

/** Degrees for one press of an arrow key, and of Page Up and Page Down. */
const STEP = 1;
const BIG_STEP = 15;

interface Props {
  /** Degrees from due north, clockwise. */
  heading: number;
  turned: (heading: number) => void;
}

/** A compass dial: dragging and the arrow keys turn the device. */
export function Compass({ heading, turned }: Props) {
  const say = usePanelText();
  const dragging = useRef(false);
  const point = (event: PointerEvent) => {
    const { left, top, width, height } = (event.currentTarget as Element).getBoundingClientRect();
    const [x, y] = [event.clientX - left - width / 2, event.clientY - top - height / 2];
    if (x !== 0 || y !== 0) turned(headingIn(Math.round((Math.atan2(x, -y) * 180) / Math.PI)));
  };
  const keys = (event: KeyboardEvent) => {
    const by = KEYS[event.key];
    if (by === undefined) return;
    event.preventDefault();
    turned(headingIn(heading + by));
  };
  const release = () => {
    dragging.current = false;
  };
  const shown = Math.round(heading) % 360;
  return (
    <div
      class="compass"
      role="slider"
      tabIndex={0}
      aria-label={say("heading")}
      aria-valuemin={0}
      aria-valuemax={359}
      aria-valuenow={shown}
      aria-valuetext={say("degrees", { n: shown })}
      onKeyDown={keys}
      onPointerDown={(event) => {
        dragging.current = true;
        event.currentTarget.setPointerCapture(event.pointerId);
        point(event);
      }}
      onPointerMove={(event) => dragging.current && point(event)}
      onPointerUp={release}
      onPointerCancel={release}
    >
      <svg viewBox="-60 -60 120 120" aria-hidden="true">
        <circle class="compass-face" r="54" />
        <path class="compass-ticks" d={TICKS} />
        {POINTS.map((name, i) => (
          <text key={name} class="compass-name" x={38 * Math.sin((i * Math.PI) / 2)} y={-38 * Math.cos((i * Math.PI) / 2)}>
            {say(name)}
          </text>
        ))}
        <g transform={`rotate(${heading})`}>
          <path class="compass-needle" d="M0-28 6 0H-6z" />
          <path class="compass-tail" d="M0 28 6 0H-6z" />
        </g>
        <circle class="compass-pin" r="4" />
      </svg>
    </div>
  );
}

const POINTS = ["north", "east", "south", "west"] as const;

const TICKS = Array.from({ length: 24 }, (_, i) => {
  const [sin, cos] = [Math.sin((i * Math.PI) / 12), Math.cos((i * Math.PI) / 12)];
  const from = i % 6 === 0 ? 46 : 49;
  return `M${(from * sin).toFixed(2)} ${(from * cos).toFixed(2)}L${(53 * sin).toFixed(2)} ${(53 * cos).toFixed(2)}`;
}).join("");

const KEYS: Record<string, number> = {
  ArrowUp: STEP,
  ArrowRight: STEP,
  ArrowDown: -STEP,
  ArrowLeft: -STEP,
  PageUp: BIG_STEP,
  PageDown: -BIG_STEP,
};
