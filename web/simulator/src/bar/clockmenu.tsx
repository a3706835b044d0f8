import { useEffect, useState } from "preact/hooks";
import { advanceClock } from "../control/act";
import { clockShift } from "../control/live";
import { dateTime, offset } from "@selasar/ui/format/time";
import { settings } from "@selasar/ui/settings";
import { useStore } from "@selasar/ui/store";
import { usePanelText } from "../text/say";

/** The steps of the clock, as a duration in Go's notation and in milliseconds. */
const STEPS = [
  ["1m", 60_000],
  ["5m", 300_000],
  ["1h", 3_600_000],
  ["24h", 86_400_000],
] as const;

/** Moves the simulated clock forward: codes and payments expire, consents do not. */
export function ClockMenu({ close }: { close: () => void }) {
  const say = usePanelText();
  const language = useStore(settings, (s) => s.language);
  const now = useNow();
  const [by, setBy] = useState("");
  const [problem, setProblem] = useState("");
  const advance = (step: string, done = () => {}) =>
    advanceClock(step).then(
      () => {
        setProblem("");
        done();
      },
      (error: Error) => setProblem(error.message),
    );
  return (
    <div class="clock-menu">
      <p>
        <span class="faint">{say("phoneTime")}</span> <span class="figure">{dateTime(now, language)}</span>
      </p>
      <div class="segments" role="group" aria-label={say("advance")}>
        {STEPS.map(([step, ms]) => (
          <button key={step} type="button" class="button small" onClick={() => void advance(step)}>
            {offset(ms, say)}
          </button>
        ))}
      </div>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (by.trim()) void advance(by.trim(), () => setBy(""));
        }}
      >
        <input
          type="text"
          class="mono"
          aria-label={say("advanceBy")}
          placeholder="2h30m"
          value={by}
          onInput={(event) => setBy(event.currentTarget.value)}
        />
        <button type="submit" class="button small">
          {say("advance")}
        </button>
      </form>
      {problem ? (
        <p class="bad" role="alert">
          {problem}
        </p>
      ) : (
        <p class="hint">{say("clockHelp")}</p>
      )}
      <button type="button" class="text-button" onClick={close}>
        {say("close")}
      </button>
    </div>
  );
}

function useNow(): number {
  const shift = useStore(clockShift, (ms) => ms);
  const [, again] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => again((n) => n + 1), 1_000);
    return () => clearInterval(timer);
  }, []);
  return Date.now() + shift;
}
