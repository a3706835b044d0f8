import type { Notification, Try } from "../control/shapes";
import { clockTime, duration } from "@selasar/ui/format/time";
import { Named, Part } from "../journal/part";
import { CopyButton } from "@selasar/ui/parts/copy";
import { Json } from "@selasar/ui/parts/json";
import { Sign } from "@selasar/ui/parts/sign";
import { usePanelText } from "../text/say";

/** The detail of a notification: its request and the result of each try. */
export function Tries({ one }: { one: Notification }) {
  const say = usePanelText();
  return (
    <div class="tries">
      {one.tries.length === 0 ? (
        <p class="faint">{say("noTries")}</p>
      ) : (
        [...one.tries].reverse().map((one) => <TryView key={one.attempt} one={one} />)
      )}
      <Part title={say("sentBody")}>
        <p class="mono">POST {one.url}</p>
        <Json value={parsed(one.body)} />
        <p>
          <CopyButton text={() => one.body} label={say("copyBody")} />
        </p>
      </Part>
    </div>
  );
}

function TryView({ one }: { one: Try }) {
  const say = usePanelText();
  const good = one.error === "";
  return (
    <section class="try" aria-label={say("tryNumber", { n: one.attempt })}>
      <h4>
        <span class={"with-sign " + (good ? "good" : "bad")}>
          <Sign name={good ? "check" : "cross"} size={12} />
          {say("tryNumber", { n: one.attempt })}
        </span>
        <span class="mono">{one.status || say("noAnswer")}</span>
        <span class="faint figure">
          {clockTime(one.at)} · {duration(one.duration_us, say)}
        </span>
      </h4>
      {good ? null : <p class="bad">{one.error}</p>}
      <div class="parts two-parts">
        <Part title={say("request")}>
          <p class="mono">POST {one.url}</p>
          <Named name={say("headers")}>
            <Json value={one.request_headers} />
          </Named>
        </Part>
        <Part title={say("answer")}>
          {Object.keys(one.response_headers).length > 0 ? (
            <Named name={say("headers")}>
              <Json value={one.response_headers} />
            </Named>
          ) : null}
          <Named name={say("body")}>
            {one.response_body ? <Json value={parsed(one.response_body)} /> : <p class="faint">{say("noBody")}</p>}
          </Named>
        </Part>
      </div>
    </section>
  );
}

/** Shows JSON as a tree, and any other body as text. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
