import { useRef } from "preact/hooks";
import { state } from "../control/live";
import type { Message } from "../control/shapes";
import { phoneTime } from "@selasar/ui/format/time";
import { Sign } from "@selasar/ui/parts/sign";
import { useStore } from "@selasar/ui/store";
import { usePhoneText } from "../text/say";
import { AppIcon } from "./appicon";
import { trapTab, useEscape, useFocusInside } from "@selasar/ui/parts/focus";
import { closeShade, dismissMessage, inbox, openMessage, pushes } from "./inbox";

/** The notification shade: the pushes of mini apps, newest first. */
export function Shade() {
  const say = usePhoneText();
  const list = pushes(useStore(inbox, (i) => i));
  const dialog = useRef<HTMLDivElement>(null);
  useFocusInside(dialog);
  useEscape(closeShade);
  const dismiss = (id: string) => {
    // The focused card disappears: the focus stays in the shade, so that Tab finds the next card.
    dialog.current?.focus({ preventScroll: true });
    dismissMessage(id);
  };
  return (
    <div class="shade-layer">
      <div class="scrim" onClick={closeShade} />
      <div
        ref={dialog}
        class="shade"
        role="dialog"
        aria-modal="true"
        aria-label={say("notifications")}
        tabIndex={-1}
        onKeyDown={(event) => trapTab(event, dialog.current)}
      >
        <header class="shade-head">
          <h2>{say("notifications")}</h2>
          {list.length > 1 ? (
            <button type="button" class="text-button" onClick={() => list.forEach(({ id }) => dismiss(id))}>
              {say("clearAll")}
            </button>
          ) : null}
          <button type="button" class="icon-button" aria-label={say("closeNotifications")} onClick={closeShade}>
            <Sign name="close" />
          </button>
        </header>
        {list.length === 0 ? (
          <p class="faint shade-none">{say("noNotifications")}</p>
        ) : (
          <ul>
            {list.map((push) => (
              <Push key={push.id} push={push} dismiss={() => dismiss(push.id)} />
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}

function Push({ push, dismiss }: { push: Message; dismiss: () => void }) {
  const say = usePhoneText();
  return (
    <li class="push">
      <button type="button" class="push-open" onClick={() => openMessage(push)}>
        <MessageIcon message={push} size={32} />
        <span class="push-text">
          <span class="push-app">
            <span>{push.app_name}</span>
            <time>{phoneTime(push.created_at)}</time>
          </span>
          {push.title === push.app_name ? null : <strong>{push.title}</strong>}
          <span>{push.text}</span>
        </span>
      </button>
      <button type="button" class="icon-button" aria-label={say("dismiss", { what: push.title })} onClick={dismiss}>
        <Sign name="close" />
      </button>
    </li>
  );
}

/** The icon of the sending mini app. */
export function MessageIcon({ message, size }: { message: Message; size: number }) {
  const url = useStore(state, (s) => s?.apps.find(({ id }) => id === message.mini_app_id)?.icon_url);
  return <AppIcon url={url} name={message.app_name} size={size} />;
}
