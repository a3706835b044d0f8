import { clockTime, duration } from "@selasar/ui/format/time";
import { Json } from "@selasar/ui/parts/json";
import { Sign } from "@selasar/ui/parts/sign";
import { usePanelLanguage, usePanelText } from "../text/say";
import { Part } from "./part";
import { asksOf, isContainer, type AskRecord, type CallEntry, type Check } from "./entry";
import { SETTLER_TEXTS } from "./events.gen";

/** The detail of a call: parameters, checks in their order, asks and answers, result. */
export function CallDetailView({ entry }: { entry: CallEntry }) {
  const say = usePanelText();
  const { params, checks = [], result } = entry.detail;
  const asks = asksOf(entry);
  return (
    <div class="parts">
      <Part title={say("parameters")}>{isEmpty(params) ? <p class="faint">{say("noParameters")}</p> : <Json value={params} />}</Part>
      <Part name="checks" title={say("checks")}>
        <Checks checks={checks} said={entry.message} />
      </Part>
      {asks.length ? (
        <Part name="asks" title={say("asks")}>
          {asks.map((ask) => (
            <AskLine key={ask.id} ask={ask} />
          ))}
        </Part>
      ) : null}
      <Part name="result" title={say("result")}>
        {result && isContainer(entry.detail.method) ? (
          <p class="hint">{say(entry.event === "call.failed" ? "forFailure" : "forSuccess")}</p>
        ) : null}
        {result ? <Json value={result} /> : <p class="accent">{say("waitingForPerson")}</p>}
      </Part>
    </div>
  );
}

const isEmpty = (params: unknown) =>
  params === undefined || params === null || (typeof params === "object" && Object.keys(params).length === 0);

const STEPS = ["launch", "method", "device", "parameters", "permission", "network", "super app"] as const;
type Step = (typeof STEPS)[number];
const isStep = (name: string): name is Step => (STEPS as readonly string[]).includes(name);

/** The checks in their order. A note that the box above already says is not repeated. */
function Checks({ checks, said }: { checks: Check[]; said: string | undefined }) {
  const say = usePanelText();
  return (
    <ol class="checks">
      {checks.map((check) => (
        <li key={check.step} data-ok={check.ok}>
          <span class={check.ok ? "good" : "bad"}>
            <Sign name={check.ok ? "check" : "cross"} size={12} />
            <span class="unseen">{say(check.ok ? "outcome_ok" : "outcome_failed")}</span>
          </span>
          <span>{isStep(check.name) ? say(`check_${check.name}`) : check.name}</span>
          {check.note && !said?.includes(check.note) ? <span class="check-note">{check.note}</span> : null}
        </li>
      ))}
    </ol>
  );
}

function AskLine({ ask }: { ask: AskRecord }) {
  const say = usePanelText();
  const language = usePanelLanguage();
  const by = ask.by && SETTLER_TEXTS[ask.by][language];
  const { answer, data } = typeof ask.answer === "object" ? ask.answer : { answer: ask.answer, data: undefined };
  const took = ask.answered_at ? duration((ask.answered_at - ask.opened_at) * 1_000, say) : "";
  return (
    <div class="ask-line">
      <span class="mono faint">{clockTime(ask.opened_at)}</span>
      <span class="mono">{ask.kind}</span>
      {answer ? (
        <>
          <Sign name="right" size={12} />
          <strong>{answer}</strong>
          <span class="faint">{[by, took].filter(Boolean).join(" · ")}</span>
        </>
      ) : (
        <span class="accent">{say("waitingForPerson")}</span>
      )}
      {data === undefined ? null : <Json value={data} />}
    </div>
  );
}
