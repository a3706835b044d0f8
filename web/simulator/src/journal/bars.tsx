import { tenths } from "@selasar/ui/format/time";
import { usePanelText, type Say } from "../text/say";
import { OUTCOMES } from "./outcome";
import type { Picture } from "./picture";
import type { Stretch } from "./span";

/** One row of a picture: its bar, the waits for a person in it, and the lines from causes to effects that cross it. */
export function Bars({ picture, at }: { picture: Picture; at: number }) {
  const span = picture.spans[at];
  if (!span) return <span class="bars" />;
  const { x } = picture.scale;
  const { entry } = span.row;
  return (
    <span class="bars" aria-hidden="true">
      {picture.threads.get(at)?.map((thread, i) => (
        <i key={i} class="thread" data-part={thread.part} style={{ left: per(thread.x) }} />
      ))}
      {picture.threads
        .get(at)
        ?.filter((thread) => thread.from !== undefined)
        .map((thread, i) => (
          <i key={"b" + i} class="thread-from" style={{ left: per(thread.from!), width: per(thread.x - thread.from!) }} />
        ))}
      <i
        class="bar"
        data-kind={entry.kind}
        data-tone={OUTCOMES[entry.outcome].tone}
        data-point={span.from === span.to}
        style={place(span, x)}
      />
      {span.waits.map((wait) => (
        <i key={wait.from} class="bar-wait" style={place(wait, x)} />
      ))}
    </span>
  );
}

/** The scale above the bars: the time since the first row. */
export function Axis({ picture }: { picture: Picture }) {
  const say = usePanelText();
  return (
    <span class="axis" title={say("axisHelp")}>
      {picture.scale.ticks.map((tick) => (
        <span key={tick.x} data-major={tick.major} style={{ left: per(tick.x) }}>
          {elapsed(tick.after, say)}
        </span>
      ))}
    </span>
  );
}

const per = (x: number) => `${(x * 100).toFixed(3)}%`;

function place({ from, to }: Stretch, x: (at: number) => number): { left: string; width: string } {
  const left = x(from);
  return { left: per(left), width: per(x(to) - left) };
}

/** Formats a time since another: "+0 ms", "+1.2 s", "+3 min". */
export function elapsed(ms: number, say: Say): string {
  if (ms < 1_000) return `+${Math.max(0, Math.round(ms))} ${say("unit_ms")}`;
  return ms < 60_000 ? `+${tenths(ms / 1_000, say)} ${say("unit_s")}` : `+${Math.floor(ms / 60_000)} ${say("unit_min")}`;
}
