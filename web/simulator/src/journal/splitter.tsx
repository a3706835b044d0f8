import { usePanelText } from "../text/say";
import { createStore, useStore } from "@selasar/ui/store";

/** The detail's share of the journal's height, in per cent. */
export const share = createStore(50);

const set = (value: number) => share.set(Math.min(Math.max(value, 20), 80));

/** Moves the border between rows and detail, by pointer or by the arrow keys. */
export function Splitter() {
  const say = usePanelText();
  const now = useStore(share, (s) => s);
  const drag = (event: PointerEvent) => {
    const handle = event.currentTarget as HTMLElement;
    if (!handle.hasPointerCapture(event.pointerId)) return;
    const { bottom, height } = handle.parentElement!.getBoundingClientRect();
    set(((bottom - event.clientY) / height) * 100);
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
    event.preventDefault();
    set(now + (event.key === "ArrowUp" ? 5 : -5));
  };
  return (
    <div
      class="splitter"
      role="separator"
      aria-orientation="horizontal"
      aria-label={say("detailHeight")}
      aria-valuenow={Math.round(now)}
      aria-valuemin={20}
      aria-valuemax={80}
      tabIndex={0}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={drag}
      onKeyDown={keys}
    />
  );
}
