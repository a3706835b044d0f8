import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";
import { Sign } from "@selasar/ui/parts/sign";
import { useStore } from "@selasar/ui/store";
import { state } from "../control/live";
import { usePhoneText } from "../text/say";
import { AppIcon } from "./appicon";
import { trapTab, useEscape, useFocusInside } from "@selasar/ui/parts/focus";
import { useGuard } from "./guard";
import { hostOf } from "./home";
import { dismiss, type Sheet } from "./sheet";

interface Props {
  shown: Sheet;
  app: { name: string; icon_url: string; origin: string };
  /** The dialog's accessible name, and its heading unless `heading` replaces it. */
  name: string;
  heading?: ComponentChildren | undefined;
  children: (armed: boolean) => ComponentChildren;
}

/**
 * A sheet of the super app. It is in the super app's own document, above the mini app's frame, and names the mini app that asks:
 * a page can neither draw it, nor cover it, nor press its buttons.
 */
export function SheetFrame({ shown, app, name, heading, children }: Props) {
  const dialog = useRef<HTMLDivElement>(null);
  const { armed, ...guard } = useGuard(shown.ask.id);
  const say = usePhoneText();
  const online = useStore(state, (s) => s?.device.online ?? true);
  const offline = shown.ask.problem?.code === "offline" && !online;
  useFocusInside(dialog);
  useEscape(dismiss);
  return (
    <div class="sheet-layer" data-leaving={shown.leaving} inert={shown.leaving} aria-hidden={shown.leaving}>
      <div class="scrim" />
      <div
        ref={dialog}
        class="sheet"
        role="dialog"
        aria-modal="true"
        aria-label={name}
        aria-busy={shown.sent}
        tabIndex={-1}
        data-armed={armed && !shown.sent}
        {...guard}
        onKeyDown={(event) => trapTab(event, dialog.current)}
      >
        <div class="sheet-app">
          <AppIcon url={app.icon_url} name={app.name} size={32} />
          <span>
            <strong>{app.name}</strong>
            <span class="mono origin">{hostOf(app.origin)}</span>
          </span>
        </div>
        {heading ?? <h2>{name}</h2>}
        {offline ? (
          <p class="sheet-problem" role="alert">
            <Sign name="warn" size={16} />
            {say("sheetOffline")}
          </p>
        ) : null}
        {children(armed && !shown.sent)}
      </div>
    </div>
  );
}
