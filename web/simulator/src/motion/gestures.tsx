import { useState } from "preact/hooks";
import { control } from "../control/api";
import { usePanelText } from "../text/say";

/** Shakes the device, and blows into its microphone. */
export function Gestures() {
  const say = usePanelText();
  const [done, setDone] = useState<"shaken" | "blown" | null>(null);
  return (
    <div class="path-row">
      <button type="button" class="button small" onClick={() => void control.shake().then(() => setDone("shaken"))}>
        {say("shake")}
      </button>
      <button type="button" class="button small" onClick={() => void control.blow().then(() => setDone("blown"))}>
        {say("blow")}
      </button>
      <span class="faint" role="status">
        {done ? say(done) : ""}
      </span>
    </div>
  );
}
