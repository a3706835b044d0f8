import { useEffect, useRef } from "preact/hooks";
import { changeDevice } from "../control/act";
import { usePhoneText } from "../text/say";
import { Picture } from "./picture";

/** The phone while the person is in another app: the mini app's page is hidden behind it. */
export function Background() {
  const say = usePhoneText();
  const back = useRef<HTMLButtonElement>(null);
  useEffect(() => back.current?.focus(), []);
  return (
    <div class="background">
      <Picture
        sign="dash"
        title={say("inBackground")}
        actions={
          <button ref={back} type="button" class="button big primary" onClick={() => void changeDevice({ background: false })}>
            {say("resume")}
          </button>
        }
      >
        <p>{say("inBackgroundHelp")}</p>
      </Picture>
    </div>
  );
}
