import { usePanelText } from "../text/say";
import { Sign } from "@selasar/ui/parts/sign";
import { codeName, codeTexts } from "./code";
import { groupOf, isHttp, type Entry } from "./entry";
import { OUTCOMES } from "./outcome";

/** An error for the mini app's developer: code, name, cause, meaning, next step. */
export function CodeBox({ entry }: { entry: Entry }) {
  const say = usePanelText();
  const { message, next } = entry;
  // An HTTP status has no such texts; the response shows it.
  const code = isHttp(entry) ? undefined : entry.code;
  const texts = code === undefined ? null : codeTexts(code, entry.title);
  if (code === undefined && !message && !next) return null;
  const about = pageOf(entry);
  return (
    <div class="code-box" data-tone={OUTCOMES[entry.outcome].tone}>
      {code === undefined ? null : (
        <p class="code-head">
          <span class="mono">{code}</span> <strong>{codeName(code)}</strong>
        </p>
      )}
      {message ? <p>{withoutName(message, code)}</p> : null}
      {texts ? <p class="faint">{say(texts.meaning)}</p> : null}
      {next || texts ? (
        <p class="code-next">
          <Sign name="right" size={12} />
          <span>
            <strong>{say("next")}</strong> {next ?? say(texts!.next)}
          </span>
        </p>
      ) : null}
      {about ? (
        <p>
          <a class="text-button" href={about} target="_blank" rel="noopener">
            {say("aboutError")}
          </a>
        </p>
      ) : null}
    </div>
  );
}

/** Returns the link to an error's page, which the server serves; empty for an entry without an error. */
function pageOf(entry: Entry): string {
  if (entry.outcome !== "failed") return "";
  const group = groupOf(entry);
  if (group.of === "call") return entry.code === undefined ? "" : `./errors.html#${entry.code}`;
  if (group.of !== "request") return "";
  const { path } = group.entry.detail;
  return path.startsWith("/v1.0/") ? "./errors.html#in-bi-snap" : path.startsWith("/v1/mini-apps/") ? "./errors.html#in-the-backend" : "";
}

/** Returns the message without the code's name, which the line above shows. */
function withoutName(message: string, code: string | number | undefined): string {
  const name = code === undefined ? "" : codeName(code);
  const rest = name && message.startsWith(name) ? message.slice(name.length).replace(/^[:.\s]+/, "") : message;
  return rest ? rest[0]!.toUpperCase() + rest.slice(1) : message;
}
