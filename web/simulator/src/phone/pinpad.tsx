import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { Sign } from "@selasar/ui/parts/sign";
import { usePhoneText } from "../text/say";

const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9"] as const;
const LENGTH = 6;

interface Props {
  /** Called once, after the sixth digit. Any six digits are accepted, and the pad stores none of them. */
  complete: () => void;
  back: () => void;
  busy: boolean;
}

/** The wallet's PIN pad, for the pointer and the keyboard's digits. */
export function PinPad({ complete, back, busy }: Props) {
  const say = usePhoneText();
  const [entered, setEntered] = useState(0);
  const count = useRef(0);
  const root = useRef<HTMLDivElement>(null);
  const set = (n: number) => {
    if (busy || n < 0 || n > LENGTH || count.current === LENGTH) return;
    count.current = n;
    setEntered(n);
    if (n === LENGTH) complete();
  };
  // A layout effect, so that a PIN typed right after "Pay" loses no digit.
  useLayoutEffect(() => root.current?.focus({ preventScroll: true }), []);
  const keys = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (/^\d$/.test(event.key)) set(count.current + 1);
    else if (event.key === "Backspace") set(count.current - 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const digit = (key: string) => (
    <button key={key} type="button" class="pin-key" onClick={() => set(count.current + 1)}>
      {key}
    </button>
  );
  return (
    <div class="pin" ref={root} tabIndex={-1} role="group" aria-label={say("pin")} onKeyDown={keys}>
      <p class="pin-label">{say("pinHelp")}</p>
      <div class="pin-dots" role="status" aria-label={say("pinCount", { n: entered, all: LENGTH })}>
        {Array.from({ length: LENGTH }, (_, i) => (
          <span key={i} data-on={i < entered} />
        ))}
      </div>
      <div class="pin-keys">
        {KEYS.map(digit)}
        <button type="button" class="pin-key plain" onClick={back}>
          {say("back")}
        </button>
        {digit("0")}
        <button type="button" class="pin-key plain" aria-label={say("deleteDigit")} onClick={() => set(count.current - 1)}>
          <Sign name="erase" size={20} />
        </button>
      </div>
    </div>
  );
}
