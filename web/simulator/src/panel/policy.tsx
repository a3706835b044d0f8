import { Choice } from "@selasar/ui/parts/field";
import { changeAnswers } from "../control/act";
import type { Answers } from "../control/shapes";
import { usePanelText } from "../text/say";

/** The answer to each kind of sheet: by the person at the phone, or a fixed answer for CI and automation. */
export function Policy({ answers }: { answers: Answers }) {
  const say = usePanelText();
  return (
    <section class="section">
      <h3>{say("policy")}</h3>
      <p class="hint">{say("policyHint")}</p>
      <Choice
        label={say("policyConsent")}
        value={answers.consent}
        change={(consent) => changeAnswers({ consent })}
        options={[
          ["ask", say("askMe")],
          ["allow", say("always", { answer: say("allow") })],
          ["decline", say("always", { answer: say("dontAllow") })],
        ]}
      />
      <Choice
        label={say("policyPayment")}
        value={answers.payment}
        change={(payment) => changeAnswers({ payment })}
        options={[
          ["ask", say("askMe")],
          ...(["success", "cancelled", "failed", "pending"] as const).map((status) => [status, say("always", { answer: status })] as const),
        ]}
      />
      <Choice
        label={say("policyDeeplink")}
        value={answers.deeplink}
        change={(deeplink) => changeAnswers({ deeplink })}
        options={[
          ["ask", say("askMe")],
          ["open", say("always", { answer: say("openLink") })],
        ]}
      />
      <Choice
        label={say("policyUri")}
        value={answers.uri}
        change={(uri) => changeAnswers({ uri })}
        options={[
          ["ask", say("askMe")],
          ["open", say("always", { answer: say("openLink") })],
          ["decline", say("always", { answer: say("dontOpen") })],
        ]}
      />
      <Choice
        label={say("policyShare")}
        value={answers.share}
        change={(share) => changeAnswers({ share })}
        options={[
          ["ask", say("askMe")],
          ["shared", say("always", { answer: say("share") })],
          ["cancelled", say("always", { answer: say("cancel") })],
        ]}
      />
      <Choice
        label={say("policyCamera")}
        value={answers.camera}
        change={(camera) => changeAnswers({ camera })}
        options={[
          ["ask", say("askMe")],
          ["taken", say("always", { answer: say("source_test") })],
          ["cancelled", say("always", { answer: say("cancel") })],
        ]}
      />
    </section>
  );
}
