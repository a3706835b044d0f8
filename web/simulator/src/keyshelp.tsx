import { useLayoutEffect, useRef } from "preact/hooks";
import { help } from "./keys";
import { changeSettings, settings } from "@selasar/ui/settings";
import { useStore } from "@selasar/ui/store";
import { usePanelText } from "./text/say";

/** The list of keys, as the browser's own modal dialog. */
export function KeysHelp() {
  const open = useStore(help, (h) => h);
  return open ? <Dialog /> : null;
}

function Dialog() {
  const say = usePanelText();
  const on = useStore(settings, (s) => s.keys);
  const dialog = useRef<HTMLDialogElement>(null);
  // A layout effect, so that the dialog is open before the next key event.
  useLayoutEffect(() => dialog.current?.showModal(), []);
  const keys = [
    ["/", "key_filter"],
    ["↑ ↓", "key_arrows"],
    ["Enter", "key_open"],
    ["Esc", "key_escape"],
    ["c", "key_copy"],
    ["o", "key_order"],
    ["t", "key_time"],
    ["r", "key_relaunch"],
    ["n", "key_notifications"],
    ["?", "key_help"],
  ] as const;
  return (
    <dialog
      ref={dialog}
      class="keys-help"
      aria-label={say("keys")}
      onClose={() => help.set(false)}
      onClick={(event) => {
        if (event.target === dialog.current) dialog.current?.close();
      }}
    >
      <h2>{say("keys")}</h2>
      <dl>
        {keys.map(([key, text]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{say(text)}</dd>
          </div>
        ))}
      </dl>
      <label class="inline">
        <input type="checkbox" checked={on} onChange={(event) => changeSettings({ keys: event.currentTarget.checked })} /> {say("keysOn")}
      </label>
      <button type="button" class="button small" autofocus onClick={() => dialog.current?.close()}>
        {say("close")}
      </button>
    </dialog>
  );
}
