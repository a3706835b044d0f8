import { usePhoneText } from "../text/say";

/** No server: what to run. Without a mini app there is none: selasar dev does not start, and says why. */
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
