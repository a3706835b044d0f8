import type { ComponentChildren } from "preact";
import { clockTime, duration } from "@selasar/ui/format/time";
import { Sign } from "@selasar/ui/parts/sign";
import { usePanelLanguage, usePanelText } from "../text/say";
import type { Entry } from "./entry";
import type { Depth } from "./log";
import { OUTCOMES } from "./outcome";
import { codeOf, messageOf, nameParts, statusOf, titleOf } from "./words";

interface Props {
  entry: Entry;
  at: number;
  depth: Depth;
  id: string;
  position: number;
  total: number;
  selected: boolean;
  /** The time of the previous row: within the same second, only the milliseconds are shown. */
  before: number | undefined;
  /** The bar of the row, which takes the place of its message. */
  bars?: ComponentChildren;
  press: () => void;
}

/** One line: time, title, outcome. */
export function RowLine({ entry, at, depth, id, position, total, selected, before, bars, press }: Props) {
  const say = usePanelText();
  const language = usePanelLanguage();
  const time = clockTime(at);
  const same = before !== undefined && clockTime(before).slice(0, 8) === time.slice(0, 8);
  const named = entry.kind === "call" || entry.kind === "request";
  const { sign, tone, word } = OUTCOMES[entry.outcome];
  return (
    <div
      id={id}
      role="option"
      aria-selected={selected}
      aria-posinset={position}
      aria-setsize={total}
      class="row"
      data-kind={entry.kind}
      data-depth={depth}
      data-outcome={entry.outcome}
      onClick={press}
    >
      <time class="row-time mono">
        <span data-same={same}>
          <span class="row-hour">{time.slice(0, 6)}</span>
          {time.slice(6, 8)}
        </span>
        {time.slice(8)}
      </time>
      <span class="row-what" data-depth={depth}>
        {named ? <Name entry={entry} /> : <span class="row-kind">{say(`kind_${entry.kind}`)}</span>}
      </span>
      <span class="row-rest">
        {named || tone !== "calm" ? (
          <span class={"row-sign " + tone}>
            <Sign name={sign} size={12} />
            <span class="unseen">{say(word)}</span>
          </span>
        ) : null}
        {named ? null : <span class="row-title">{titleOf(entry, language)}</span>}
        {entry.outcome === "open" ? <span class="accent">{say("waitingForPerson")}</span> : null}
        {statusOf(entry) ? <span class="mono">{statusOf(entry)}</span> : null}
        {entry.duration_us === undefined || entry.outcome === "open" ? null : (
          <span class="row-took figure">{duration(entry.duration_us, say)}</span>
        )}
        {codeOf(entry) ? <span class={"mono " + tone}>{codeOf(entry)}</span> : null}
        <span class="row-message">
          {messageOf(entry) || (entry.kind === "request" ? say("fromBackend", { app: entry.mini_app_id ?? "" }) : "")}
        </span>
      </span>
      {bars}
    </div>
  );
}

function Name({ entry }: { entry: Entry }) {
  const [start, end] = nameParts(entry);
  if (!end) return <span class="mono">{start}</span>;
  return (
    <>
      <span class="mono name-start">{start}</span>
      <span class="mono name-end">{end}</span>
    </>
  );
}
