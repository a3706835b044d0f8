import { useRef } from "preact/hooks";
import { usePanelText } from "../text/say";
import { cssMatrix, turn, within, type Tilt } from "./space";

/** Degrees for one pixel of a drag, and for one press of an arrow key. */
const DRAG = 0.75;
const STEP = 5;

interface Props {
  at: Tilt;
  /** The phone was dragged, or turned by a key. */
  turned: (to: Tilt) => void;
}

/** A phone in space. Dragging and the arrow keys turn it. */
export function SpacePhone({ at, turned }: Props) {
  const say = usePanelText();
  const from = useRef<{ x: number; y: number; at: Tilt } | null>(null);
  const by = (start: Tilt, beta: number, gamma: number) =>
    turned({ beta: turn(start.beta + beta), gamma: within(start.gamma + gamma, 90) });
  const keys = (event: KeyboardEvent) => {
    const [beta, gamma] = ARROWS[event.key] ?? [0, 0];
    if (beta === 0 && gamma === 0) return;
    event.preventDefault();
    by(at, beta, gamma);
  };
  const release = () => {
    from.current = null;
  };
  return (
    <div
      class="space"
      role="application"
      tabIndex={0}
      aria-label={say("spaceLabel", { tilt: Math.round(at.beta), roll: Math.round(at.gamma) })}
      onKeyDown={keys}
      onPointerDown={(event) => {
        from.current = { x: event.clientX, y: event.clientY, at };
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        const start = from.current;
        if (start) by(start.at, (start.y - event.clientY) * DRAG, (event.clientX - start.x) * DRAG);
      }}
      onPointerUp={release}
      onPointerCancel={release}
    >
      <div class="space-view" aria-hidden="true">
        <div class="space-ground" />
        <div class="space-scene">
          <div class="space-phone" style={{ transform: cssMatrix(at) }}>
            <span class="space-face space-front">
              <span class="space-camera" />
            </span>
            <span class="space-face space-rear" />
            <span class="space-face space-left" />
            <span class="space-face space-right" />
            <span class="space-face space-top" />
            <span class="space-face space-bottom" />
          </div>
        </div>
      </div>
    </div>
  );
}

const ARROWS: Record<string, [beta: number, gamma: number]> = {
  ArrowUp: [STEP, 0],
  ArrowDown: [-STEP, 0],
  ArrowLeft: [0, -STEP],
  ArrowRight: [0, STEP],
};
