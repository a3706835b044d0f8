import { useEffect, useLayoutEffect, useMemo } from "preact/hooks";
import { usePhoneText } from "../text/say";
import { Picture } from "./picture";
import { begin, goHome } from "./session";

/** A window that stands for the frame of a launch. It has the members of a frame that the host uses. */
function frameOf(page: Window): HTMLIFrameElement {
  const frame = new EventTarget() as HTMLIFrameElement;
  return Object.defineProperties(frame, {
    name: { value: "", writable: true },
    contentWindow: { get: () => (page.closed ? null : page) },
    src: { set: (url: string) => page.location.replace(url) },
    removeAttribute: { value: () => page.close() },
  });
}

interface Props {
  number: number;
  name: string;
  page: Window;
}

/** The mini app's page in a window of its own. It is at the top there, as in a WebView; its sheets are on this phone. */
export function TopPage({ number, name, page }: Props) {
  const say = usePhoneText();
  const frame = useMemo(() => frameOf(page), [page]);
  useLayoutEffect(() => begin(frame, number), [number]);
  useEffect(() => {
    // No event tells that a window of another origin was closed.
    const timer = setInterval(() => page.closed && goHome(), 500);
    return () => clearInterval(timer);
  }, [page]);
  return (
    <Picture
      sign="out"
      title={say("topPage", { app: name })}
      actions={
        <button type="button" class="button big primary" onClick={() => page.focus()}>
          {say("showWindow")}
        </button>
      }
    >
      <p>{say("topPageHelp", { app: name })}</p>
    </Picture>
  );
}
