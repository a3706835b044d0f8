import { usePanelText } from "../text/say";
import { useMedia } from "@selasar/ui/media";
import { createStore, useStore } from "@selasar/ui/store";

/** The width from which the detail stands beside the rows instead of below them; the style sheet has the same. */
export const WIDE = "(min-width: 1400px)";

/** The detail's share of the journal's height, or of its width beside the rows, in per cent. */
export const share = createStore(50);

const set = (value: number) => share.set(Math.min(Math.max(value, 20), 80));

/** Moves the border between rows and detail, by pointer or by the arrow keys. */
export function Splitter() {
  const say = usePanelText();
  const now = useStore(share, (s) => s);
  const wide = useMedia(WIDE);
  const drag = (event: PointerEvent) => {
    const handle = event.currentTarget as HTMLElement;
    if (!handle.hasPointerCapture(event.pointerId)) return;
    const { bottom, height, right, width } = handle.parentElement!.getBoundingClientRect();
    set((wide ? (right - event.clientX) / width : (bottom - event.clientY) / height) * 100);
  };
  const keys = (event: KeyboardEvent) => {
    const [more, less] = wide ? ["ArrowLeft", "ArrowRight"] : ["ArrowUp", "ArrowDown"];
    if (event.key !== more && event.key !== less) return;
    event.preventDefault();
    set(now + (event.key === more ? 5 : -5));
  };
  return (
    <div
      class="splitter"
      role="separator"
      aria-orientation={wide ? "vertical" : "horizontal"}
      aria-label={say(wide ? "detailWidth" : "detailHeight")}
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
