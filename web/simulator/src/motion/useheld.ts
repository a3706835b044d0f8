import { useStore } from "@selasar/ui/store";
import { useEffect, useMemo, useState } from "preact/hooks";
import { changeDevice } from "../control/act";
import { clockShift } from "../control/live";
import type { Motion } from "../control/shapes";
import { heldAt, type Held } from "./path";
import { steady } from "./steady";

/** The least time between two changes of the device while somebody drags, in ms. */
const EVERY_MS = 100;
/** How long the reader's own change counts before the server has said the same, in ms. */
const AHEAD_MS = 600;

/** Returns how the device is held, a function that holds it in another way, and why the last change was refused. */
export function useHeld(motion: Motion): { held: Held; hold: (part: Partial<Held>) => void; problem: string } {
  const shift = useStore(clockShift, (ms) => ms);
  const [problem, setProblem] = useState("");
  // The reader's own change is shown until the server has said the same, so that the phone does not jump back.
  const [ahead, setAhead] = useState<Held | null>(null);
  const [, again] = useState(0);
  useEffect(() => {
    if (!ahead) return;
    const late = setTimeout(() => setAhead(null), AHEAD_MS);
    return () => clearTimeout(late);
  }, [ahead]);
  const { path } = motion;
  useEffect(() => {
    if (!path) return;
    let frame = requestAnimationFrame(function next() {
      again((n) => n + 1);
      frame = requestAnimationFrame(next);
    });
    return () => cancelAnimationFrame(frame);
  }, [path]);
  const send = useMemo(
    () =>
      steady(
        (held: Held) => changeDevice({ motion: { ...held, path: null } }).then(() => setProblem("")),
        EVERY_MS,
        (error) => setProblem(error.message),
      ),
    [],
  );
  const { beta, gamma, heading } = ahead ?? (path ? heldAt(path, Date.now() + shift) : motion);
  const held = { beta, gamma, heading };
  const hold = (part: Partial<Held>) => {
    const next = { ...held, ...part };
    setAhead(next);
    send(next);
  };
  return { held, hold, problem };
}
