import { useEffect, useState } from "preact/hooks";
import { log, logVersion } from "./control/live";
import { said } from "./said";
import { useStore } from "@selasar/ui/store";
import { usePanelText } from "./text/say";

/** Announces to a screen reader, politely and at most once every two seconds, the calls that failed since the page was opened. */
export function Announcer() {
  const say = usePanelText();
  const word = useStore(said, (s) => s);
  const [text, setText] = useState("");
  useEffect(() => {
    // Earlier failures are not announced; a restarted server counts from the start.
    let heard = -1;
    let timer = 0;
    const tell = () => {
      timer = 0;
      if (heard < 0 || heard > log.last) heard = log.last;
      const failed = log.rows.filter(({ entry }) => entry.seq > heard && entry.kind === "call" && entry.outcome === "failed");
      heard = log.last;
      const newest = failed[failed.length - 1]?.entry;
      if (newest)
        setText(
          say("callFailed", { method: newest.title, code: newest.code ?? "", more: failed.length > 1 ? `(+${failed.length - 1})` : "" }),
        );
    };
    const stop = logVersion.subscribe(() => {
      if (!timer) timer = window.setTimeout(tell, 2_000);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [say]);
  return (
    <>
      <p class="unseen" role="status">
        {text}
      </p>
      <p class="toast" role="status" data-on={word !== ""}>
        {typeof word === "object" ? word.server : word && say(word)}
      </p>
    </>
  );
}
