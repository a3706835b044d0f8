import { Mistake } from "@selasar/ui/parts/mistake";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { control } from "../control/api";
import { log, logVersion, state } from "../control/live";
import type { Target } from "../control/shapes";
import { endingOf } from "../journal/entry";
import { CONSENTNAME_TEXTS, REASON_TEXTS } from "../journal/events.gen";
import { Sign } from "@selasar/ui/parts/sign";
import { useStore } from "@selasar/ui/store";
import { usePhoneLanguage, usePhoneText } from "../text/say";
import { Picture } from "./picture";
import type { Launch } from "./session";
import { dismissTrouble, trouble } from "./trouble";

type CoverKind = "starting" | "unreachable" | "refused" | "suspended" | "ended" | "failed" | "offline" | "server" | "trouble";

/** The screen that replaces the mini app's page when it cannot be shown. */
export function coverOf(now: Launch, target: Target | undefined, gone: boolean): CoverKind | null {
  if (now.state === "refused") return "refused";
  if (now.state === "ended") return gone ? "server" : "ended";
  if (now.state === "failed" && now.code === "mini_app_suspended") return "suspended";
  if (now.state === "failed") return gone || !now.reason ? "server" : "failed";
  if (now.page !== "blank" || now.state === "consent") return target?.state === "exited" ? "unreachable" : null;
  if (target?.state === "starting") return "starting";
  if (target?.state === "exited") return "unreachable";
  return null;
}

interface Props {
  kind: CoverKind;
  now: Launch;
  name: string;
  target: Target | undefined;
  again: (anyway?: boolean) => void;
  home: () => void;
}

export function Cover({ kind, now, name, target, again, home }: Props) {
  const say = usePhoneText();
  const retry = (
    <button type="button" class="button big primary" onClick={() => again()}>
      {say("tryAgain")}
    </button>
  );
  const leave = (
    <button type="button" class="button big" onClick={home}>
      {say("toHome")}
    </button>
  );
  const both = (
    <>
      {retry}
      {leave}
    </>
  );
  switch (kind) {
    case "starting":
      return (
        <Picture sign="clock" title={say("starting", { app: name })}>
          {target?.message ? <Silence message={target.message} /> : <p>{say("startingHelp")}</p>}
          <Command target={target} />
        </Picture>
      );
    case "unreachable":
      return (
        <Picture sign="warn" tone="amber" title={say("unreachable", { app: name })} actions={retry}>
          <Reason text={target?.message || say("unreachableHelp")} />
          <Command target={target} />
        </Picture>
      );
    case "refused":
      return (
        <Picture sign="lock" tone="amber" title={say("refused", { app: name })} actions={both}>
          <Ending now={now} />
        </Picture>
      );
    case "suspended":
      return <Suspended name={name} retry={retry} leave={leave} again={again} />;
    case "ended":
      return (
        <Picture sign="close" title={say("ended", { app: name })} actions={both}>
          <Ending now={now} />
        </Picture>
      );
    case "offline":
      return <Offline retry={retry} again={again} />;
    case "trouble":
      return <Troubled name={name} retry={retry} />;
    case "server":
      return <ServerGone retry={retry} />;
    case "failed":
      return (
        <Picture sign="cross" tone="red" title={say("launchFailed", { app: name })} actions={both}>
          <Reason text={now.reason} />
        </Picture>
      );
  }
}

/** Says what is wrong with the page, in the journal's words, and offers to show the page as it is. */
function Troubled({ name, retry }: { name: string; retry: JSX.Element }) {
  const say = usePhoneText();
  const what = useStore(trouble, (t) => t);
  if (!what) return null;
  const actions = (
    <>
      {retry}
      {what.reason === "foreign_origin" ? null : (
        <button type="button" class="button big" onClick={dismissTrouble}>
          {say("showPage")}
        </button>
      )}
    </>
  );
  return (
    <Picture sign="warn" tone="amber" title={say(`trouble_${what.reason}`, { app: name })} actions={actions}>
      <Reason text={what.message} />
      <Reason text={what.next} />
    </Picture>
  );
}

/** Offers to open the mini app although the device is offline. */
function Offline({ retry, again }: { retry: JSX.Element; again: (anyway: boolean) => void }) {
  const say = usePhoneText();
  const actions = (
    <>
      {retry}
      <button type="button" class="button big" onClick={() => again(true)}>
        {say("openAnyway")}
      </button>
    </>
  );
  return (
    <Picture sign="warn" tone="amber" title={say("noInternet")} actions={actions}>
      <p>{say("noInternetHelp")}</p>
    </Picture>
  );
}

/** Shows the command that starts Selasar again. */
function ServerGone({ retry }: { retry: JSX.Element }) {
  const say = usePhoneText();
  return (
    <Picture sign="warn" tone="red" title={say("serverGone")} actions={retry}>
      <p>{say("serverGoneHelp")}</p>
      <pre class="mono">
        <code>selasar dev</code>
      </pre>
    </Picture>
  );
}

/** Returns why the launch was refused or ended, in the phone's language. */
function Ending({ now }: { now: Launch }) {
  const say = usePhoneText();
  const language = usePhoneLanguage();
  useStore(logVersion, (v) => v);
  const why = endingOf(log.rows, now.id);
  if (!why?.reason) return <Reason text={now.reason} />;
  if (!why.missing?.length) return <Reason text={REASON_TEXTS[why.reason][language]} />;
  const missing = why.missing.map((name) => CONSENTNAME_TEXTS[name][language]).join(", ");
  return <Reason text={say("notWithout", { app: why.app_name ?? "", missing })} />;
}

/** What Selasar says about a command whose server it does not find: the journal has it in the page's language. */
function Silence({ message }: { message: string }) {
  useStore(logVersion, (v) => v);
  const row = log.rows.filter(({ entry }) => entry.event === "page.unreachable").pop()?.entry;
  return <Reason text={row?.message && row.next ? `${row.message}; ${row.next}` : message} />;
}

function Reason({ text = "" }: { text?: string | undefined }) {
  return <p>{text.slice(0, 1).toUpperCase() + text.slice(1)}</p>;
}

/** Offers to activate the mini app, or to open it if it is active again. */
function Suspended({ name, retry, leave, again }: { name: string; retry: JSX.Element; leave: JSX.Element; again: () => void }) {
  const say = usePhoneText();
  const still = useStore(state, (s) => s?.apps[0]?.status === "suspended");
  const [problem, setProblem] = useState("");
  const activate = () =>
    control.setStatus("active").then(
      () => again(),
      (error: Error) => setProblem(error.message),
    );
  const first = still ? (
    <button type="button" class="button big primary" onClick={() => void activate()}>
      {say("activateAndOpen")}
    </button>
  ) : (
    retry
  );
  return (
    <Picture
      sign="lock"
      tone="amber"
      title={say("suspendedTitle", { app: name })}
      actions={
        <>
          {first}
          {leave}
        </>
      }
    >
      <p>{say(still ? "suspendedHelp" : "activatedHelp")}</p>
      <Mistake text={problem} />
    </Picture>
  );
}

/** Shows the command that starts the mini app, or its URL. */
function Command({ target }: { target: Target | undefined }) {
  const what = target?.command ?? target?.url;
  if (!what) return null;
  return (
    <pre class="mono">
      <Sign name="right" size={12} />
      <code>{what}</code>
    </pre>
  );
}
