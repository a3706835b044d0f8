import { Mistake } from "@selasar/ui/parts/mistake";
import { useState } from "preact/hooks";
import { control } from "../control/api";
import { state } from "../control/live";
import type { Consent, ConsentState, LedgerLine } from "../control/shapes";
import { dateTime } from "@selasar/ui/format/time";
import { Sign, type SignName } from "@selasar/ui/parts/sign";
import { settings } from "@selasar/ui/settings";
import { useStore } from "@selasar/ui/store";
import { usePanelText, type Say } from "../text/say";
import { Empty, Problem, Waiting } from "./states";
import { useLoaded } from "./loaded";

/** The current user's consents for the mini app, with their history. */
export function ConsentsPanel() {
  const say = usePanelText();
  const user = useStore(state, (s) => s?.users.find((u) => u.id === s.current_user)?.name ?? "");
  const app = useStore(state, (s) => s?.apps[0]?.name ?? "");
  const { value, problem, again } = useLoaded(control.consents);
  const [refused, setRefused] = useState("");
  const set = (name: string, to: ConsentState) =>
    control.setConsent(name, to).then(
      () => {
        setRefused("");
        again();
      },
      (error: Error) => setRefused(error.message),
    );
  if (problem) return <Problem text={problem} again={again} />;
  if (!value) return <Waiting />;
  return (
    <div class="stack">
      <section class="section">
        <h3>{say("consentsOf", { user, app })}</h3>
        {value.consents.length === 0 ? (
          <Empty title={say("noConsents")} text={say("noConsentsHelp")} />
        ) : (
          <table class="table foldable">
            <thead>
              <tr>
                <th>{say("consent")}</th>
                <th>{say("standing")}</th>
                <th>{say("reason")}</th>
                <th>
                  <span class="unseen">{say("actions")}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {value.consents.map((consent) => (
                <ConsentLine key={consent.name} consent={consent} set={set} />
              ))}
            </tbody>
          </table>
        )}
        <Mistake text={refused} />
      </section>
      <section class="section">
        <h3>{say("ledger")}</h3>
        {value.ledger.length === 0 ? <Empty title={say("ledgerEmpty")} text={say("ledgerEmptyHelp")} /> : <Ledger lines={value.ledger} />}
      </section>
    </div>
  );
}

const SIGNS: Record<ConsentState, [SignName, string]> = {
  given: ["check", "good"],
  refused: ["cross", "bad"],
  revoked: ["cross", "bad"],
  never_asked: ["dash", "faint"],
};

function ConsentLine({ consent, set }: { consent: Consent; set: (name: string, to: ConsentState) => void }) {
  const say = usePanelText();
  const [sign, tone] = SIGNS[consent.state];
  const act = (to: ConsentState, text: string) => (
    <button
      type="button"
      class="button small"
      aria-label={`${text}: ${consent.name}`}
      disabled={consent.state === to}
      onClick={() => set(consent.name, to)}
    >
      {text}
    </button>
  );
  return (
    <tr>
      <td>
        <span class="mono">{consent.name}</span>
        {consent.mandatory ? (
          <>
            {" "}
            <span class="badge">{say("required")}</span>
          </>
        ) : null}
      </td>
      <td>
        <span class={tone + " with-sign"}>
          <Sign name={sign} />
          {say(`state_${consent.state}`)}
        </span>
      </td>
      <td class="wrap">{consent.reason || <span class="faint">{say("noReason")}</span>}</td>
      <td class="acts">
        {consent.state === "given" ? act("revoked", say("revoke")) : act("given", say("give"))}
        {act("never_asked", say("forget"))}
      </td>
    </tr>
  );
}

/** Returns the text for a decision's source. */
function sourceIn(say: Say, source = ""): string {
  return source === "launch" || source === "call" || source === "settings" ? say(`source_${source}`) : source;
}

function Ledger({ lines }: { lines: LedgerLine[] }) {
  const say = usePanelText();
  const language = useStore(settings, (s) => s.language);
  return (
    <table class="table">
      <thead>
        <tr>
          <th>{say("when")}</th>
          <th>{say("consent")}</th>
          <th>{say("what")}</th>
          <th>{say("by")}</th>
          <th>{say("wording")}</th>
        </tr>
      </thead>
      <tbody>
        {[...lines]
          .sort((a, b) => b.at - a.at)
          .map((line) => (
            <tr key={line.id}>
              <td class="mono">{dateTime(line.at, language)}</td>
              <td class="mono">{line.name}</td>
              <td>{say(`state_${line.action}`)}</td>
              <td class="faint">{[sourceIn(say, line.source), line.app_version].filter(Boolean).join(" · ")}</td>
              <td class="wrap">{line.wording}</td>
            </tr>
          ))}
      </tbody>
    </table>
  );
}
