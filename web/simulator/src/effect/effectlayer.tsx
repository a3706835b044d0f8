import { useEffect } from "preact/hooks";
import { duration } from "@selasar/ui/format/time";
import { Sign } from "@selasar/ui/parts/sign";
import { useStore, type Store } from "@selasar/ui/store";
import { usePhoneText } from "../text/say";
import { buzz, copied, toast } from "./effects";

/** How long the phone says that a text was copied, in ms. */
const COPIED_MS = 3_000;

/** What a mini app does to the phone without a sheet. It covers nothing that can be pressed, and moves nothing. */
export function EffectLayer() {
  const say = usePhoneText();
  const shown = useUntil(toast, (one) => one.duration_ms);
  const shaking = useUntil(buzz, (one) => one.duration_ms);
  const text = useUntil(copied, () => COPIED_MS);
  return (
    <div class="effect-layer">
      <div class="effect-words" role="status">
        {shaking ? (
          <span key={shaking.number} class="effect-word">
            <Sign name="vibrate" />
            {say("vibrates", { time: duration(shaking.duration_ms * 1_000, say) })}
          </span>
        ) : null}
        {text ? (
          <span key={text.number} class="effect-word">
            <Sign name="copy" />
            <span>
              {say("copiedOnPhone")} <span class="effect-copied">{text.text}</span>
            </span>
          </span>
        ) : null}
      </div>
      <div class="phone-toast-place" role="status">
        {shown ? (
          <p key={shown.number} class="phone-toast">
            {shown.message}
          </p>
        ) : null}
      </div>
    </div>
  );
}

/** Returns what is shown, and removes it after its time. */
function useUntil<T extends { number: number }>(store: Store<T | null>, msOf: (one: T) => number): T | null {
  const one = useStore(store, (now) => now);
  useEffect(() => {
    if (!one) return;
    const timer = setTimeout(() => store.get() === one && store.set(null), Math.min(msOf(one), LONGEST));
    return () => clearTimeout(timer);
  }, [one]);
  return one;
}

/** The longest timer of a browser, in ms. */
const LONGEST = 2 ** 31 - 1;
