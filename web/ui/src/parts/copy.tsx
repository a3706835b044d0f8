import { useEffect, useState } from "preact/hooks";
import { usePartText } from "../text/say";
import { Sign } from "./sign";

/** Copies text to the clipboard, even if the browser has no clipboard API (plain http on a name other than localhost). */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

function copyBySelection(text: string): boolean {
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "off-screen";
  document.body.append(area);
  const before = document.activeElement;
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  if (before instanceof HTMLElement) before.focus();
  return done;
}

interface Props {
  /** Returns the text to copy, when the button is pressed. */
  text: () => string;
  label: string;
  /** Shows only the icon; the label is its accessible name. */
  small?: boolean;
}

/** A button that copies, and confirms it for a moment without changing its width. */
export function CopyButton({ text, label, small }: Props) {
  const say = usePartText();
  const [done, setDone] = useState<"" | "copied" | "refused_copy">("");
  useEffect(() => {
    if (!done) return;
    const timer = setTimeout(() => setDone(""), 1_500);
    return () => clearTimeout(timer);
  }, [done]);
  const press = async () => setDone((await copyText(text())) ? "copied" : "refused_copy");
  const said = done ? say(done) : "";
  return (
    <button
      type="button"
      class={small ? "icon-button" : "button small"}
      aria-label={small ? label : undefined}
      title={small ? label : undefined}
      onClick={press}
    >
      <Sign name={done === "copied" ? "check" : "copy"} />
      {small ? null : (
        <span class="swap">
          <span data-gone={done !== ""}>{label}</span>
          <span data-gone={done === ""} aria-hidden="true">
            {said || say("copied")}
          </span>
        </span>
      )}
      <span class="unseen" role="status">
        {said}
      </span>
    </button>
  );
}
