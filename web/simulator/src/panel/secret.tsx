import { useState } from "preact/hooks";
import { CopyButton } from "@selasar/ui/parts/copy";
import { Sign } from "@selasar/ui/parts/sign";
import { usePanelText } from "../text/say";

interface Props {
  name: string;
  /** Its other name: the environment variable. */
  note: string;
  value: string;
  /** A secret, masked until the reader shows it; the copy button works in both states. */
  secret: boolean;
}

/** A value to copy; a key of several lines gets a separate box. */
export function Secret({ name, note, value, secret }: Props) {
  const say = usePanelText();
  const [open, setOpen] = useState(!secret);
  const pem = value.includes("\n");
  return (
    <div class="secret" data-pem={pem && open}>
      <span class="mono secret-name">
        {name}
        {note ? <span class="faint">{note}</span> : null}
      </span>
      {pem && open ? (
        <pre class="mono pem" role="group" tabIndex={0} aria-label={name}>
          {value.trim()}
        </pre>
      ) : (
        <code class="mono secret-value" data-masked={!open}>
          {open ? value : "•".repeat(24)}
        </code>
      )}
      {secret ? (
        <button
          type="button"
          class="icon-button"
          aria-pressed={open}
          aria-label={say(open ? "hideSecret" : "showSecret", { name })}
          onClick={() => setOpen(!open)}
        >
          <Sign name="eye" />
        </button>
      ) : null}
      <CopyButton small text={() => value} label={say("copyThing", { name })} />
    </div>
  );
}
