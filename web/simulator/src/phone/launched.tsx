import { useEffect, useRef, useState } from "preact/hooks";
import { link, state } from "../control/live";
import { useStore } from "@selasar/ui/store";
import { usePhoneText } from "../text/say";
import { AppIcon } from "./appicon";
import { Cover, coverOf } from "./cover";
import { Frame } from "./frame";
import { Keyboard } from "./keyboard";
import { destination, shade } from "./over";
import { goHome, launch, type Launch } from "./session";
import { sheet } from "./sheet";
import { pushed } from "./stack";
import { TitleBar } from "./titlebar";
import { TopPage } from "./toppage";
import { trouble } from "./trouble";
import { keyboard } from "./webview";

/** One launch on the screen: title bar, the mini app's frame, and covers and sheets above it. */
export function Launched({ now }: { now: Launch }) {
  const say = usePhoneText();
  const known = useStore(state, (s) => s?.apps[0]);
  const target = useStore(state, (s) => s?.target);
  const online = useStore(state, (s) => s?.device.online ?? true);
  const hidden = useStore(state, (s) => s?.device.background ?? false);
  const gone = useStore(link, (l) => l === "gone");
  const asked = useStore(sheet, (s) => s !== null && !s.leaving);
  const away = useStore(destination, (d) => d !== null);
  const pulled = useStore(shade, (s) => s);
  const troubled = useStore(trouble, (t) => t?.launch === now.number);
  const keys = useStore(keyboard, (k) => k);
  const pages = useStore(pushed, (all) => all);
  const stage = useRef<HTMLDivElement>(null);
  const name = now.app?.name ?? known?.name ?? "";
  // A launch that began offline waits for the connection; an open launch stays open, and its calls return 401.
  const begun = useRef(0);
  if (online || now.anyway) begun.current = now.number;
  const held = begun.current !== now.number;
  const cover = held ? "offline" : (coverOf(now, target, gone) ?? (troubled ? "trouble" : null));
  const waiting = !cover && !now.window && now.page === "blank";
  const slow = useSlow(now.number, waiting && now.state === "open");
  useRelaunch(now, cover === "unreachable", target?.state === "running");
  useRelaunch(now, cover === "server" && now.state === "failed" && gone, !gone);
  return (
    <div class="launched" inert={away || pulled}>
      <TitleBar name={name} />
      <div class="stage" ref={stage} style={{ "--pan": `${-(keys?.pan ?? 0)}px` }} aria-busy={waiting || now.state === "opening"}>
        {held ? null : now.window ? (
          <TopPage key={now.number} number={now.number} name={name} page={now.window} />
        ) : (
          [undefined, ...pages].map((page, at) => (
            <Frame
              key={`${now.number} ${page?.key ?? 0}`}
              number={now.number}
              name={name}
              {...(page && { page })}
              below={at < pages.length}
              covered={asked || pulled || hidden || cover !== null}
            />
          ))
        )}
        {waiting ? (
          <div class="loading" data-thin={slow}>
            {now.state === "consent" ? null : <div class="loading-line" />}
            {slow ? null : (
              <div class="loading-app">
                <AppIcon url={now.app?.icon_url ?? known?.icon_url} name={name} size={64} />
                {now.state === "consent" ? null : <p role="status">{say("opening", { app: name })}</p>}
              </div>
            )}
          </div>
        ) : null}
        {cover ? (
          <Cover kind={cover} now={now} name={name} target={target} again={(anyway) => launch(anyway, now.path)} home={goHome} />
        ) : null}
      </div>
      {keys ? <Keyboard stage={stage} /> : null}
    </div>
  );
}

/** Shows a slow page as far as it has loaded: after three seconds only the progress line remains. */
function useSlow(number: number, waiting: boolean): boolean {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    setSlow(false);
    if (!waiting) return;
    const timer = setTimeout(() => setSlow(true), 3_000);
    return () => clearTimeout(timer);
  }, [number, waiting]);
  return slow;
}

/** Opens the mini app automatically, on the same page, once its server answers or the connection is back. */
function useRelaunch({ number, anyway, path }: Launch, waits: boolean, up: boolean): void {
  const waited = useRef(0);
  useEffect(() => {
    if (waits) waited.current = number;
    else if (up && waited.current === number) {
      waited.current = 0;
      launch(anyway, path);
    }
  }, [number, waits, up]);
}
