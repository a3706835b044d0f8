import { CopyButton } from "@selasar/ui/parts/copy";
import { TextField } from "@selasar/ui/parts/field";
import { changeDevice } from "../control/act";
import type { Device } from "../control/shapes";
import { usePanelText } from "../text/say";

/** The phone's clipboard. It is never the clipboard of the reader's computer, which a mini app must not overwrite. */
export function Clipboard({ device }: { device: Device }) {
  const say = usePanelText();
  const { clipboard } = device;
  return (
    <section class="section">
      <h3>{say("clipboard")}</h3>
      <TextField
        label={say("clipboardText")}
        value={clipboard}
        save={(text) => changeDevice({ clipboard: text })}
        hint={say("clipboardHint")}
      />
      <div class="path-row">
        <CopyButton text={() => clipboard} label={say("copy")} />
        <button type="button" class="button small" disabled={clipboard === ""} onClick={() => void changeDevice({ clipboard: "" })}>
          {say("clear")}
        </button>
      </div>
    </section>
  );
}
