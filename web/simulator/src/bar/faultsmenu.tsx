import { Mistake } from "@selasar/ui/parts/mistake";
import { useEffect, useRef, useState } from "preact/hooks";
import { control, ControlError } from "../control/api";
import { state } from "../control/live";
import type { Fault, Faulty } from "../control/shapes";
import { Menu } from "@selasar/ui/parts/menu";
import { Sign } from "@selasar/ui/parts/sign";
import { useStore } from "@selasar/ui/store";
import { usePanelText, type Say } from "../text/say";
import { AddFault } from "./addfault";

/** The faults for the backend's requests. The bar shows their number while there are any. */
export function FaultsMenu() {
  const say = usePanelText();
  const count = useStore(state, (s) => s?.faults.length ?? 0);
  const label = count ? say("faultsOn", { n: count }) : say("faultsOff");
  return (
    <Menu
      label={
        count ? (
          <>
            <Sign name="warn" size={12} /> {label}
          </>
        ) : (
          label
        )
      }
      name={label}
      tone={count ? "warning" : "quiet"}
      align="end"
    >
      {() => <Faults />}
    </Menu>
  );
}

const NONE: Fault[] = [];

function Faults() {
  const say = usePanelText();
  const faults = useStore(state, (s) => s?.faults ?? NONE);
  const [available, setAvailable] = useState<Faulty[]>([]);
  const [problem, setProblem] = useState("");
  const [done, setDone] = useState("");
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => {
    control.faults().then(
      (read) => setAvailable(read.available),
      (error: Error) => setProblem(error.message),
    );
  }, []);
  // The pressed button disappears with its fault; the focus stays in the menu.
  const remove = (act: () => Promise<unknown>) => {
    root.current?.querySelector("select")?.focus();
    act().then(
      () => {
        setProblem("");
        setDone(say("faultGone"));
      },
      (error: Error) => {
        if (!(error instanceof ControlError && error.code === "not_found")) setProblem(error.message); // it was used up before
      },
    );
  };
  return (
    <div class="faults-menu" ref={root}>
      {faults.length === 0 ? (
        <p class="hint">{say("faultsHelp")}</p>
      ) : (
        <>
          <ul class="faults" aria-label={say("faults")}>
            {faults.map((fault) => (
              <li key={fault.id}>
                <span class="fault">
                  <span>
                    <strong class="mono">{fault.operation}</strong>{" "}
                    {fault.code ? (
                      <>
                        <span class="mono">{fault.code}</span>{" "}
                      </>
                    ) : null}
                    {messageOf(fault, available) || say("faultLate")}
                  </span>
                  <span class="faint">{howOf(fault, say)}</span>
                </span>
                <button
                  type="button"
                  class="icon-button"
                  aria-label={say("removeFault", { what: `${fault.operation} ${fault.code}`.trim() })}
                  onClick={() => remove(() => control.removeFault(fault.id))}
                >
                  <Sign name="close" />
                </button>
              </li>
            ))}
          </ul>
          <button type="button" class="button small" onClick={() => remove(control.removeFaults)}>
            {say("faultsTurnOff")}
          </button>
        </>
      )}
      <hr />
      <AddFault
        available={available}
        added={() => {
          setProblem("");
          setDone(say("faultAdded"));
        }}
        failed={setProblem}
      />
      <Mistake text={problem} />
      <p class="unseen" role="status">
        {done}
      </p>
    </div>
  );
}

function messageOf({ operation, code }: Fault, available: Faulty[]): string {
  return available.find((one) => one.operation === operation)?.codes.find((one) => one.code === code)?.message ?? "";
}

/** Describes the remaining count and the delay of a fault, and whether only the response is dropped. */
function howOf({ times, always, delay_ms, after }: Fault, say: Say): string {
  const often = always ? say("faultAlways") : times === 1 ? say("faultOnce") : say("faultTimes", { n: times });
  return [often, delay_ms ? say("faultDelayed", { ms: delay_ms }) : "", after ? say("faultAfter") : ""].filter(Boolean).join(" · ");
}
