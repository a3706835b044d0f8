import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { Sign } from "@selasar/ui/parts/sign";
import { usePhoneText } from "../text/say";
import { keyboard, tellKeyboard } from "./webview";

const ROWS = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];

/**
 * A picture of the phone's keyboard: on Android the page gets smaller, on iOS the keyboard covers it. A person types with the
 * keyboard of the computer.
 */
export function Keyboard({ stage }: { stage: RefObject<HTMLDivElement | null> }) {
  const say = usePhoneText();
  const own = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const frame = Array.from(stage.current?.querySelectorAll("iframe") ?? []).at(-1);
    if (!frame || !own.current) return;
    tellKeyboard(frame, own.current.offsetHeight);
    return () => tellKeyboard(frame, 0);
  }, []);
  return (
    // A press here must not take the focus from the page.
    <div ref={own} class="keyboard" onPointerDown={(event) => event.preventDefault()} onMouseDown={(event) => event.preventDefault()}>
      <div class="keyboard-bar">
        <span>{say("keyboardHelp")}</span>
        <button type="button" class="icon-button" aria-label={say("hideKeyboard")} onClick={() => keyboard.set(null)}>
          <Sign name="close" size={16} />
        </button>
      </div>
      <div class="keyboard-keys" aria-hidden="true">
        {ROWS.map((row) => (
          <div key={row}>
            {[...row].map((letter) => (
              <span key={letter}>{letter}</span>
            ))}
          </div>
        ))}
        <div>
          <span class="keyboard-space" />
        </div>
      </div>
    </div>
  );
}
