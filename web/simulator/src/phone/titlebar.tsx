import { Sign } from "@selasar/ui/parts/sign";
import { useStore } from "@selasar/ui/store";
import { barOptions, lookOf } from "../effect/bar";
import { usePhoneText } from "../text/say";
import { stepBack } from "./back";
import { goHome } from "./session";

/**
 * The super app's bar over a mini app: back goes one page back in the mini app, close goes home. The mini app can change
 * its title and colours. Close always stays, and its tone can be read on every background.
 */
export function TitleBar({ name }: { name: string }) {
  const say = usePhoneText();
  const look = lookOf(useStore(barOptions, (options) => options));
  return (
    <header
      class="title-bar"
      data-floats={look.floats}
      data-buttons={look.buttons}
      style={{ background: look.background }}
      data-tinted={look.background !== undefined}
    >
      {look.back ? (
        <button type="button" class="icon-button" aria-label={say("back")} onClick={stepBack}>
          <Sign name="back" size={20} />
        </button>
      ) : (
        <span />
      )}
      <strong style={{ color: look.title_color }}>{look.title ?? name}</strong>
      <button type="button" class="icon-button" aria-label={say("close")} onClick={goHome}>
        <Sign name="close" size={20} />
      </button>
    </header>
  );
}
