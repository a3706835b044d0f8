import { useEffect, useState } from "preact/hooks";
import { usePanelText } from "../text/say";

interface Props {
  label: string;
  /** What the button says when it has been pressed once. */
  sure: string;
  act: () => Promise<unknown>;
}

/** A press that comes so soon after the first belongs to it: a double-click is not a second thought. */
const SETTLE_MS = 500;

/** A destructive act takes two presses; the first is forgotten after some seconds or when focus leaves. */
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
