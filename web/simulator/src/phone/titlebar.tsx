import { Sign } from "@selasar/ui/parts/sign";
import { usePhoneText } from "../text/say";
import { stepBack } from "./back";
import { goHome } from "./session";

/** The super app's bar over a mini app: back goes one page back in the mini app, close goes home. */
export function TitleBar({ name }: { name: string }) {
  const say = usePhoneText();
  return (
    <header class="title-bar">
      <button type="button" class="icon-button" aria-label={say("back")} onClick={stepBack}>
        <Sign name="back" size={20} />
      </button>
      <strong>{name}</strong>
      <button type="button" class="icon-button" aria-label={say("close")} onClick={goHome}>
        <Sign name="close" size={20} />
      </button>
    </header>
  );
}
