import { CopyButton } from "../parts/copy";
import { usePhoneText } from "../text/say";

const LINES = [
  "cd my-mini-app",
  `echo '{"id":"my-app","name":"My app","dev":{"url":"http://localhost:5173"}}' > miniapp.json`,
  "selasar dev",
];

/** No mini app, or no server: the three lines to run. */
export function FirstVisit({ gone = false }: { gone?: boolean }) {
  const say = usePhoneText();
  return (
    <section class="first-visit">
      <h2>{say(gone ? "serverGone" : "noMiniApp")}</h2>
      <p>{say(gone ? "serverGoneHelp" : "noMiniAppHelp")}</p>
      {gone ? <pre class="mono"><code>selasar dev</code></pre> : (
        <>
          <pre class="mono">{LINES.map((line) => <code key={line}>{line}</code>)}</pre>
          <CopyButton text={() => LINES.join("\n")} label={say("copy")} />
        </>
      )}
    </section>
  );
}
