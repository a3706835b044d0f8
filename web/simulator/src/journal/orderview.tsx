import { useLayoutEffect, useRef } from "preact/hooks";
import { log, logVersion } from "../control/live";
import { clockTime } from "@selasar/ui/format/time";
import { Sign } from "@selasar/ui/parts/sign";
import { useStore } from "@selasar/ui/store";
import { usePanelLanguage, usePanelText } from "../text/say";
import { Axis, Bars, elapsed } from "./bars";
import { isHttp } from "./entry";
import { SETTLER_TEXTS } from "./events.gen";
import { orderOf, type Step } from "./order";
import { OUTCOMES } from "./outcome";
import { Part } from "./part";
import { pictureOf, type Picture } from "./picture";
import { messageOf, nameOf, statusOf, titleOf } from "./words";
import { choose, orderOpen } from "./view";

/** One order on one timeline, with the steps of the page, the backend and the platform. A press on a step opens its entry. */
export function OrderView({ payment, now }: { payment: string; now: string }) {
  const say = usePanelText();
  useStore(logVersion, (v) => v);
  const steps = orderOf(log.rows, payment);
  const picture = pictureOf(steps);
  const list = useRef<HTMLOListElement>(null);
  useLayoutEffect(() => showStep(list.current), [payment, now]);
  return (
    <Part title={say("orderSteps", { payment, n: steps.length })}>
      <div class="step step-axis">
        <Axis picture={picture} />
      </div>
      <ol ref={list} class="order" aria-label={say("orderLine", { payment })}>
        {steps.map((step, i) => (
          <StepLine key={step.key} step={step} before={steps[i - 1]} chosen={step.row.key === now} picture={picture} at={i} />
        ))}
      </ol>
    </Part>
  );
}

interface StepProps {
  step: Step;
  before: Step | undefined;
  chosen: boolean;
  picture: Picture;
  at: number;
}

function StepLine({ step, before, chosen, picture, at }: StepProps) {
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
        <time class="mono faint">{clockTime(step.from)}</time>
        <span class="mono faint step-after">{elapsed(step.from - (before?.from ?? step.from), say)}</span>
        <span class={"row-sign " + tone}>
          <Sign name={sign} size={12} />
          <span class="unseen">{say(word)}</span>
        </span>
        <span class="step-kind">{say(step.word ? "sheet" : `kind_${entry.kind}`)}</span>
        <span class="step-what">
          {step.word ? say(step.word) : <span class={named ? "mono" : ""}>{named ? nameOf(entry) : titleOf(entry, language)}</span>}
          {isHttp(entry) && !step.word ? <span class="mono">{statusOf(entry)}</span> : null}
          <span class="faint">
            {step.word ? [step.note, step.by && SETTLER_TEXTS[step.by][language]].filter(Boolean).join(" · ") : messageOf(entry)}
          </span>
        </span>
        <Bars picture={picture} at={at} />
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
