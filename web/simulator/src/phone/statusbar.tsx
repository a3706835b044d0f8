import { useEffect, useRef, useState } from "preact/hooks";
import { clockShift, state } from "../control/live";
import { phoneTime } from "@selasar/ui/format/time";
import { Sign } from "@selasar/ui/parts/sign";
import { useStore } from "@selasar/ui/store";
import { usePhoneText } from "../text/say";
import { closeShade, inbox, openShade, pushes, seen } from "./inbox";
import { shade } from "./over";
import { sheet } from "./sheet";

/** The phone's status bar: the simulated time and the connection. */
export function StatusBar() {
  const say = usePhoneText();
  const device = useStore(state, (s) => s?.device);
  const online = device?.online ?? true;
  const wifi = Boolean(device?.wifi.present && device.wifi.connected);
  const network = !online ? say("offline") : wifi ? "Wi-Fi" : "4G";
  return (
    <div class="status-bar" data-os={device?.os ?? "android"}>
      <span class="status-left">
        <Time />
        <Badge />
      </span>
      <span class="status-island" aria-hidden="true" />
      <span class="status-signs" role="img" aria-label={say("statusOf", { network })}>
        {online ? null : <span class="status-word">{say("offline")}</span>}
        <Signal on={online} />
        {online && !wifi ? <span class="status-word">4G</span> : null}
        {online && wifi ? <Wifi /> : null}
        <Battery />
      </span>
      <Pull />
    </div>
  );
}

/** Returns the pushes that arrived since the shade was last open. */
function useFresh() {
  const before = useStore(seen, (s) => s);
  const list = useStore(inbox, (i) => i);
  return pushes(list).filter(({ id }) => !before.has(id));
}

function Badge() {
  const fresh = useFresh();
  return fresh.length === 0 ? null : (
    <span class="status-badge" aria-hidden="true">
      <Sign name="bell" size={12} />
      {fresh.length}
    </span>
  );
}

/** How far the bar must be pulled before the shade opens, in pixels. */
const PULL = 16;

/** The whole bar accepts a press or a pull downwards, which opens the shade. */
function Pull() {
  const say = usePhoneText();
  const open = useStore(shade, (s) => s);
  const asked = useStore(sheet, (s) => s !== null);
  const fresh = useFresh();
  const from = useRef<number | null>(null);
  const pulled = useRef(false);
  const press = () => {
    if (pulled.current) pulled.current = false;
    else if (open) closeShade();
    else openShade();
  };
  const move = (event: PointerEvent) => {
    if (from.current === null || event.clientY - from.current < PULL) return;
    from.current = null;
    pulled.current = true;
    openShade();
  };
  const newest = fresh[0];
  return (
    <>
      <button
        type="button"
        class="status-pull"
        disabled={asked}
        aria-expanded={open}
        aria-label={fresh.length ? say("notificationsNew", { n: fresh.length }) : say("notifications")}
        onClick={press}
        onPointerDown={(event) => {
          from.current = event.clientY;
          pulled.current = false;
          event.currentTarget.setPointerCapture(event.pointerId);
        }}
        onPointerMove={move}
        onPointerUp={() => {
          from.current = null;
        }}
        onPointerCancel={() => {
          from.current = null;
          pulled.current = false;
        }}
      />
      <span class="unseen" role="status">
        {newest ? say("pushArrived", { app: newest.app_name, text: newest.text }) : ""}
      </span>
    </>
  );
}

function Time() {
  const shift = useStore(clockShift, (ms) => ms);
  const [now, setNow] = useState(() => phoneTime(Date.now() + shift));
  useEffect(() => {
    const tick = () => setNow(phoneTime(Date.now() + shift));
    tick();
    const timer = setInterval(tick, 1_000);
    return () => clearInterval(timer);
  }, [shift]);
  return <time class="status-time">{now}</time>;
}

function Signal({ on }: { on: boolean }) {
  return (
    <svg width="16" height="12" viewBox="0 0 16 12" aria-hidden="true">
      {[0, 1, 2, 3].map((i) => (
        <rect key={i} x={i * 4} y={8 - i * 2.6} width="3" height={4 + i * 2.6} rx="1" fill="currentColor" opacity={on ? 1 : 0.28} />
      ))}
      {on ? null : <path d="M1 1l14 10.5" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" />}
    </svg>
  );
}

function Wifi() {
  return (
    <svg
      width="16"
      height="12"
      viewBox="0 0 16 12"
      fill="none"
      stroke="currentColor"
      stroke-width="1.7"
      stroke-linecap="round"
      aria-hidden="true"
    >
      <path d="M1.4 4.2a9.5 9.5 0 0 1 13.2 0M4 7a5.7 5.7 0 0 1 8 0M8 10.3v.1" />
    </svg>
  );
}

function Battery() {
  return (
    <svg width="24" height="12" viewBox="0 0 24 12" aria-hidden="true">
      <rect x=".5" y=".5" width="20" height="11" rx="3" fill="none" stroke="currentColor" opacity=".45" />
      <rect x="2" y="2" width="14" height="8" rx="1.5" fill="currentColor" />
      <path d="M22 4v4" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" opacity=".45" />
    </svg>
  );
}
