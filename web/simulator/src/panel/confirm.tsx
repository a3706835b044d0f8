import { useEffect, useState } from "preact/hooks";
import { usePanelText } from "../text/say";

interface Props {
  label: string;
  /** The button's text after the first press. */
  sure: string;
  act: () => Promise<unknown>;
}

/** A press this soon after the first belongs to a double-click and does not confirm. */
const SETTLE_MS = 500;

/** A destructive action needs two presses. The first expires after some seconds, or when the focus leaves. */
export function ConfirmButton({ label, sure, act }: Props) {
  const say = usePanelText();
  const [asked, setAsked] = useState(false);
  const [said, setSaid] = useState("");
  const [settled, setSettled] = useState(false);
  useEffect(() => {
    setSettled(false);
    if (!asked) return;
    const settle = setTimeout(() => setSettled(true), SETTLE_MS);
    const forget = setTimeout(() => setAsked(false), 4_000);
    return () => {
      clearTimeout(settle);
      clearTimeout(forget);
    };
  }, [asked]);
  const press = () => {
    if (!asked) return setAsked(true);
    if (!settled) return;
    setAsked(false);
    act().then(
      () => setSaid(say("done")),
      (error: Error) => setSaid(error.message),
    );
  };
  return (
    <span class="confirm">
      <button
        type="button"
        class="button small danger"
        data-sure={asked}
        aria-disabled={asked && !settled}
        onClick={press}
        onBlur={() => setAsked(false)}
      >
        {asked ? sure : label}
      </button>
      <span class="faint" role="status">
        {said}
      </span>
    </span>
  );
}
