import { usePhoneText } from "../text/say";

/** The screen without a server: shows the command to run. selasar dev always has a mini app, because it does not start without one. */
export function ServerGone() {
  const say = usePhoneText();
  return (
    <section class="server-gone">
      <h2>{say("serverGone")}</h2>
      <p>{say("serverGoneHelp")}</p>
      <pre class="mono">
        <code>selasar dev</code>
      </pre>
    </section>
  );
}
