import { useLayoutEffect, useRef } from "preact/hooks";
import { log, logVersion } from "../control/live";
import { clockTime, tenths } from "@selasar/ui/format/time";
import { Sign } from "@selasar/ui/parts/sign";
import { useStore } from "@selasar/ui/store";
import { usePanelLanguage, usePanelText, type Say } from "../text/say";
import { isHttp } from "./entry";
import { orderOf, type Step } from "./order";
import { OUTCOMES } from "./outcome";
import { Part } from "./part";
import { messageOf, nameOf, statusOf, titleOf } from "./words";
import { choose, orderOpen } from "./view";

/** One order on one timeline, with the steps of the page, the backend and the platform. A press on a step opens its entry. */
export function OrderView({ payment, now }: { payment: string; now: string }) {
  const say = usePanelText();
  useStore(logVersion, (v) => v);
  const steps = orderOf(log.rows, payment);
  const first = steps[0]?.at ?? 0;
  const list = useRef<HTMLOListElement>(null);
  useLayoutEffect(() => showStep(list.current), [payment, now]);
  return (
    <Part title={say("orderSteps", { payment, n: steps.length })}>
      <ol ref={list} class="order" aria-label={say("orderLine", { payment })}>
        {steps.map((step) => (
          <StepLine key={step.key} step={step} first={first} chosen={step.row.key === now} />
        ))}
      </ol>
    </Part>
  );
}

function StepLine({ step, first, chosen }: { step: Step; first: number; chosen: boolean }) {
  const say = usePanelText();
  const language = usePanelLanguage();
  const { entry } = step.row;
  const { sign, tone, word } = OUTCOMES[step.word ? "info" : entry.outcome];
  const named = entry.kind === "call" || entry.kind === "request";
  const press = () => {
    choose(step.row);
    orderOpen.set(false);
  };
  return (
    <li>
      <button type="button" class="step" aria-current={chosen ? "step" : undefined} onClick={press}>
        <time class="mono faint">{clockTime(step.at)}</time>
        <span class="mono faint step-after">{after(step.at - first, say)}</span>
        <span class={"row-sign " + tone}>
          <Sign name={sign} size={12} />
          <span class="unseen">{say(word)}</span>
        </span>
        <span class="step-kind">{say(step.word ? "sheet" : `kind_${entry.kind}`)}</span>
        <span class="step-what">
          {step.word ? say(step.word) : <span class={named ? "mono" : ""}>{named ? nameOf(entry) : titleOf(entry, language)}</span>}
          {isHttp(entry) && !step.word ? <span class="mono">{statusOf(entry)}</span> : null}
          <span class="faint">{step.word ? step.note : messageOf(entry)}</span>
        </span>
      </button>
    </li>
  );
}

/** Scrolls to the chosen entry's step, within the detail only. */
function showStep(list: HTMLElement | null): void {
  const step = list?.querySelector('[aria-current="step"]')?.getBoundingClientRect();
  const body = list?.closest(".detail-body");
  if (!step || !body) return;
  const { top, bottom } = body.getBoundingClientRect();
  if (step.bottom > bottom) body.scrollTop += step.bottom - bottom + step.height;
  else if (step.top < top) body.scrollTop -= top - step.top + step.height;
}

/** Formats the time since the first step: "+0 ms", "+1.2 s", "+3 min". */
function after(ms: number, say: Say): string {
  if (ms < 1_000) return `+${Math.max(0, Math.round(ms))} ${say("unit_ms")}`;
  return ms < 60_000 ? `+${tenths(ms / 1_000, say)} ${say("unit_s")}` : `+${Math.floor(ms / 60_000)} ${say("unit_min")}`;
}
