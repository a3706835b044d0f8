import { useState } from "preact/hooks";
import { control } from "../control/api";
import { state } from "../control/live";
import type { Credentials } from "../control/shapes";
import { dateTime } from "@selasar/ui/format/time";
import { CopyButton } from "@selasar/ui/parts/copy";
import { settings } from "@selasar/ui/settings";
import { useStore } from "@selasar/ui/store";
import { usePanelText } from "../text/say";
import { ConfirmButton } from "./confirm";
import { Secret } from "./secret";
import { Problem, Waiting } from "./states";
import { useLoaded } from "./loaded";

const SECRETS = new Set(["client_secret", "snap.client_secret", "snap.private_key", "checkout.server_key"]);
/** Members that describe the set and are not credentials. */
const FACTS = new Set(["generation", "made_at", "previous_until"]);
const GROUPS = [
  ["credentialsBasic", (name: string) => !/\.|^notification_/.test(name)],
  ["credentialsSnap", (name: string) => name.startsWith("snap.")],
  ["credentialsCheckout", (name: string) => name.startsWith("checkout.")],
  ["credentialsNotification", (name: string) => name.startsWith("notification_")],
] as const;

/** The credentials of the mini app's backend and of the platform. Secrets are masked until the reader shows them. */
export function CredentialsPanel() {
  const say = usePanelText();
  const urls = useStore(state, (s) => s?.urls);
  const { value, problem, again } = useLoaded(control.credentials);
  if (problem) return <Problem text={problem} again={again} />;
  if (!value) return <Waiting />;
  const rows = flat(value);
  const api = urls?.api ?? location.origin;
  const environment = () => [["SELASAR_API_URL", api], ...rows.map(([name, text]) => [variable(name), text])].filter(([name]) => name);
  const shell = () =>
    environment()
      .map(([name, text]) => `export ${name}='${text}'`)
      .join("\n");
  const dotenv = () =>
    environment()
      .map(([name, text]) => `${name}="${text?.trim().replaceAll("\n", "\\n")}"`)
      .join("\n");
  return (
    <div class="stack">
      <section class="section">
        <h3>{say("credentials")}</h3>
        <p class="hint">
          {say("credentialsHint")} {say("environmentHint")}
        </p>
        <p>
          <CopyButton text={dotenv} label={say("copyDotenv")} /> <CopyButton text={shell} label={say("copyShell")} />
        </p>
      </section>
      {GROUPS.map(([title, belongs]) => (
        <section key={title} class="section">
          <h3>{say(title)}</h3>
          <div class="secrets">
            {rows
              .filter(([name]) => belongs(name))
              .map(([name, text]) => (
                <Secret key={name} name={name} note={variable(name)} value={text} secret={SECRETS.has(name)} />
              ))}
          </div>
        </section>
      ))}
      <Rotate set={value} done={again} />
      <section class="section">
        <h3>{say("addresses")}</h3>
        <div class="secrets">
          {Object.entries(urls ?? {}).map(([name, url]) => (
            <Secret key={name} name={name} note={name === "api" ? "SELASAR_API_URL" : ""} value={url} secret={false} />
          ))}
        </div>
      </section>
    </div>
  );
}

/** Flattens groups (`snap.client_key`) into one list of strings. */
function flat(set: Credentials): [string, string][] {
  return Object.entries(set)
    .filter(([name]) => !FACTS.has(name))
    .flatMap(([name, item]): [string, string][] =>
      typeof item === "object" ? Object.entries<string>(item).map(([key, text]) => [`${name}.${key}`, text]) : [[name, String(item)]],
    );
}

/** Returns the environment variable of a credential in the mini app's command. The public half of its own key pair has none. */
function variable(name: string): string {
  return name === "snap.public_key" ? "" : "SELASAR_" + name.replace(".", "_").toUpperCase();
}

/** Creates new secrets and keys with the same ids. The previous ones stay valid for a day, unless they are revoked immediately. */
function Rotate({ set, done }: { set: Credentials; done: () => void }) {
  const say = usePanelText();
  const language = useStore(settings, (s) => s.language);
  const [revoke, setRevoke] = useState(false);
  return (
    <section class="section">
      <h3>{say("rotation")}</h3>
      <p>
        {say("generationMade", { n: set.generation, when: dateTime(set.made_at, language) })}{" "}
        {set.previous_until ? say("previousUntil", { when: dateTime(set.previous_until, language) }) : null}
      </p>
      <p class="hint">{say("rotateHint")}</p>
      <label class="inline">
        <input type="checkbox" checked={revoke} onChange={(event) => setRevoke(event.currentTarget.checked)} /> {say("revokeOld")}
      </label>
      <ConfirmButton
        label={say("rotate")}
        sure={say(revoke ? "rotateSureRevoke" : "rotateSure")}
        act={() => control.rotate(revoke).then(done)}
      />
    </section>
  );
}
