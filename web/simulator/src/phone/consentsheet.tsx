import type { AskedConsent, ConsentAsk } from "@selasar/miniapp-host";
import { useId, useState } from "preact/hooks";
import { usePhoneLanguage, usePhoneText, type Language } from "../text/say";
import { Sign } from "@selasar/ui/parts/sign";
import { SheetFrame } from "./sheetframe";
import type { Sheet } from "./sheet";

/** Asks for consents: all of them before the mini app opens, one when it calls getConsent. */
export function ConsentSheet({ shown, ask }: { shown: Sheet; ask: ConsentAsk }) {
  const say = usePhoneText();
  const language = usePhoneLanguage();
  const [refused, setRefused] = useState<ReadonlySet<string>>(new Set());
  const single = ask.phase === "call" && ask.consents.length === 1;
  const toggle = (name: string) => {
    const next = new Set(refused);
    if (!next.delete(name)) next.add(name);
    setRefused(next);
  };
  const allow = () => shown.answer({ answer: "allow", consents: ask.consents.filter((c) => !refused.has(c.name)).map((c) => c.name) });
  const title = say("consentTitle", { app: ask.app.name, things: listOf(ask.consents, language) });
  return (
    <SheetFrame
      shown={shown}
      app={ask.app}
      name={title}
      heading={ask.consents.length > 2 ? <h2>{say("consentShort", { app: ask.app.name })}</h2> : undefined}
    >
      {(armed) => (
        <>
          <ul class="consent-list">
            {ask.consents.map((consent) => (
              <Thing
                key={consent.name}
                consent={consent}
                language={language}
                on={!refused.has(consent.name)}
                single={single}
                armed={armed}
                toggle={() => toggle(consent.name)}
              />
            ))}
          </ul>
          {ask.consents.some((c) => c.mandatory) ? <p class="sheet-note">{say("mandatoryNote", { app: ask.app.name })}</p> : null}
          <div class="sheet-actions pair">
            <button type="button" class="button big" aria-disabled={!armed} onClick={() => shown.answer({ answer: "decline" })}>
              {say("dontAllow")}
            </button>
            <button type="button" class="button big primary" aria-disabled={!armed} onClick={allow}>
              {say("allow")}
            </button>
          </div>
        </>
      )}
    </SheetFrame>
  );
}

interface ThingProps {
  consent: AskedConsent;
  language: Language;
  on: boolean;
  single: boolean;
  armed: boolean;
  toggle: () => void;
}

function Thing({ consent, language, on, single, armed, toggle }: ThingProps) {
  const say = usePhoneText();
  const id = useId();
  const title = capital(consent.title[language]);
  return (
    <li class="consent">
      {single ? (
        <span class="consent-mark">
          <Sign name="lock" />
        </span>
      ) : (
        <input
          id={id}
          type="checkbox"
          checked={on}
          disabled={consent.mandatory}
          aria-disabled={consent.mandatory ? undefined : !armed}
          aria-describedby={id + "-reason"}
          onChange={toggle}
        />
      )}
      <div>
        {single ? <strong>{title}</strong> : <label for={id}>{title}</label>}
        {consent.mandatory ? <span class="badge">{say("required")}</span> : null}
        <p id={id + "-reason"}>{consent.reason ? say("reasonQuote", { reason: consent.reason }) : say("noReason")}</p>
      </div>
    </li>
  );
}

/** Joins names for use within a sentence: "location, Wi-Fi and bank account". */
function listOf(consents: AskedConsent[], language: Language): string {
  const names = consents.map((c) => withinSentence(c.title[language]));
  return new Intl.ListFormat(language, { type: "conjunction" }).format(names).replace(", and ", " and ");
}

const capital = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1);

/** Lowers the first letter of a plain word: "Location" but not "Wi-Fi". */
function withinSentence(title: string): string {
  return /^[A-Z][^A-Z]*$/.test(title) ? title[0]!.toLowerCase() + title.slice(1) : title;
}
