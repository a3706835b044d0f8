import type { ComponentChildren } from "preact";
import { LinkSheet } from "./linksheet";
import { useLayoutEffect, useRef } from "preact/hooks";
import { state } from "../control/live";
import type { State } from "../control/shapes";
import { useStore } from "@selasar/ui/store";
import { CameraSheet } from "../camera/camerasheet";
import { buzz } from "../effect/effects";
import { EffectLayer } from "../effect/effectlayer";
import { usePhoneLanguage } from "../text/say";
import { ConsentSheet } from "./consentsheet";
import { Destination } from "./destination";
import { History } from "./history";
import { Background } from "./background";
import { Home } from "./home";
import { Launched } from "./launched";
import { Moment } from "./moment";
import { PaymentSheet } from "./paymentsheet";
import { destination, shade } from "./over";
import { screen } from "./session";
import { sheet } from "./sheet";
import { Shade } from "./shade";
import { ShareSheet } from "./sharesheet";
import { StatusBar } from "./statusbar";

/**
 * The phone, drawn in plain CSS, without a brand. The line round it shows that the device or the platform is set to misbehave.
 * Its children are above the screens, and below everything that the super app shows over them.
 */
export function Phone({ children }: { children?: ComponentChildren }) {
  const language = usePhoneLanguage();
  const now = useStore(screen, (s) => s);
  const away = useStore(destination, (d) => d);
  const pulled = useStore(shade, (s) => s);
  const os = useStore(state, (s) => s?.device.os ?? "android");
  const hidden = useStore(state, (s) => s?.device.background ?? false);
  const trouble = useStore(state, (s) => s && troubleOf(s));
  const buzzing = useStore(buzz, (b) => b && (b.number % 2 ? "odd" : "even"));
  const before = useRef(now.at);
  useLayoutEffect(() => {
    before.current = now.at;
  }, [now.at]);
  return (
    <div class="phone" data-os={os} data-trouble={trouble ?? undefined} data-buzz={buzzing ?? undefined} lang={language}>
      <div class="phone-screen">
        <StatusBar />
        <div class="phone-body">
          {now.at === "launch" ? <Launched now={now} /> : now.at === "history" ? <History /> : <Home from={before.current} />}
          {away ? <Destination {...away} /> : null}
          {children}
          {pulled ? <Shade /> : null}
          {hidden && now.at === "launch" ? <Background /> : null}
          <Sheets />
          <EffectLayer />
          <Moment />
        </div>
        <div class="phone-bottom" aria-hidden="true">
          <span />
        </div>
      </div>
    </div>
  );
}

function troubleOf({ device, faults }: State): "failing" | "offline" | "faults" | null {
  if (device.superapp === "failing") return "failing";
  if (!device.online) return "offline";
  return faults.length > 0 ? "faults" : null;
}

function Sheets() {
  const shown = useStore(sheet, (s) => s);
  if (!shown) return null;
  const { ask } = shown;
  switch (ask.kind) {
    case "consent":
      return <ConsentSheet key={ask.id} shown={shown} ask={ask} />;
    case "payment":
      return <PaymentSheet key={ask.id} shown={shown} ask={ask} />;
    case "deeplink":
    case "uri":
      return <LinkSheet key={ask.id} shown={shown} ask={ask} />;
    case "share":
      return <ShareSheet key={ask.id} shown={shown} ask={ask} />;
    case "camera":
      return <CameraSheet key={ask.id} shown={shown} ask={ask} />;
  }
}
