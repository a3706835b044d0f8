import { useEffect, useState } from "preact/hooks";
import { usePanelText } from "../text/say";

interface Props {
  label: string;
  /** What the button says when it has been pressed once. */
  sure: string;
  act: () => Promise<unknown>;
}

/** A destructive act takes two presses; the second is forgotten after some seconds or when focus leaves. */
export function ConfirmButton({ label, sure, act }: Props) {
  const say = usePanelText();
  const [asked, setAsked] = useState(false);
  const [said, setSaid] = useState("");
  useEffect(() => {
    if (!asked) return;
    const timer = setTimeout(() => setAsked(false), 4_000);
    return () => clearTimeout(timer);
  }, [asked]);
  const press = () => {
    if (!asked) return setAsked(true);
    setAsked(false);
    act().then(() => setSaid(say("done")), (error: Error) => setSaid(error.message));
  };
  return (
    <span class="confirm">
      <button type="button" class="button small danger" data-sure={asked} onClick={press} onBlur={() => setAsked(false)}>{asked ? sure : label}</button>
      <span class="faint" role="status">{said}</span>
    </span>
  );
}
