import { useEffect, useRef, useState } from "preact/hooks";

/** The time that a sheet must be visible before it accepts a press: a press meant for the page must not hit it. */
const GUARD_MS = 500;

/**
 * Reports when the sheet of this key accepts presses. The time starts at the first visible frame, so a tab in the background
 * does not use it up. A press that began earlier, and a key that is held down, never count.
 */
export function useGuard(key: string): {
  armed: boolean;
  onPointerDown: () => void;
  onClickCapture: (event: MouseEvent) => void;
  onKeyDownCapture: (event: KeyboardEvent) => void;
} {
  const [armedFor, setArmed] = useState("");
  const pressBegan = useRef(false);
  const armed = armedFor === key;
  useEffect(() => {
    pressBegan.current = false;
    let timer = 0;
    const frame = requestAnimationFrame(() => {
      timer = window.setTimeout(() => setArmed(key), GUARD_MS);
    });
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, [key]);
  const refuse = (event: Event) => {
    event.preventDefault();
    event.stopPropagation();
  };
  return {
    armed,
    onPointerDown: () => {
      pressBegan.current = armed;
    },
    onClickCapture(event) {
      const byPointer = event.detail > 0;
      if (!armed || (byPointer && !pressBegan.current)) refuse(event);
    },
    onKeyDownCapture(event) {
      if ((event.key === "Enter" || event.key === " ") && (event.repeat || !armed)) refuse(event);
    },
  };
}
