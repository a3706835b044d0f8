import { askAlways, changeDevice, isAutomatic } from "../control/act";
import { control } from "../control/api";
import { state } from "../control/live";
import { missingMethods } from "../control/methods";
import type { State } from "../control/shapes";
import { offset } from "@selasar/ui/format/time";
import { Sign, type SignName } from "@selasar/ui/parts/sign";
import { useStore } from "@selasar/ui/store";
import { usePanelText, type Say } from "../text/say";

interface Notice {
  sign: SignName;
  tone: "amber" | "red" | "calm";
  text: string;
  undo?: { label: string; act: () => void };
}

/** The notices below the phone list every setting that makes the phone behave unusually, so that none is forgotten. */
export function Notices() {
  const say = usePanelText();
  const now = useStore(state, (s) => s);
  const list = now ? noticesOf(now, say) : [];
  return (
    <ul class="notices" aria-label={say("notices")}>
      {list.map((notice) => (
        <li key={notice.text} data-tone={notice.tone}>
          <Sign name={notice.sign} size={12} />
          <span>{notice.text}</span>
          {notice.undo ? (
            <button type="button" class="text-button" onClick={notice.undo.act}>
              {notice.undo.label}
            </button>
          ) : null}
        </li>
      ))}
    </ul>
  );
}

function noticesOf({ apps, device, answers, clock, faults }: State, say: Say): Notice[] {
  const list: Notice[] = [];
  if (device.superapp === "failing") {
    list.push({
      sign: "warn",
      tone: "red",
      text: say("noticeFailing"),
      undo: { label: say("setRight"), act: () => void changeDevice({ superapp: "ok" }) },
    });
  }
  if (!device.online) {
    list.push({
      sign: "warn",
      tone: "amber",
      text: say("noticeOffline"),
      undo: { label: say("goOnline"), act: () => void changeDevice({ online: true }) },
    });
  }
  if (faults.length > 0) {
    list.push({
      sign: "warn",
      tone: "amber",
      text: say("noticeFaults", { n: faults.length }),
      undo: { label: say("turnOff"), act: () => void control.removeFaults() },
    });
  }
  const missing = missingMethods({ apps, device });
  if (missing.length > 0) {
    const methods = missing.map(({ method }) => method).join(", ");
    list.push({ sign: "warn", tone: "amber", text: say("noticeOld", { version: device.app_version, methods }) });
  }
  if (isAutomatic(answers)) {
    list.push({
      sign: "check",
      tone: "calm",
      text: say("noticeAnswers"),
      undo: { label: say("askMe"), act: () => void askAlways() },
    });
  }
  const moved = offset(clock.offset_ms, say);
  if (moved) list.push({ sign: "clock", tone: "calm", text: say("noticeClock", { offset: moved }) });
  return list;
}
