import { useId, useState } from "preact/hooks";
import { control } from "../control/api";
import type { Fault, Faulty } from "../control/shapes";
import { usePanelText } from "../text/say";

interface Props {
  /** The possible faults; empty until the server has sent them. */
  available: Faulty[];
  added: () => void;
  failed: (why: string) => void;
}

type Often = "once" | "times" | "always";

/** The form for a fault: the operation, one of its documented errors, the number of times and the delay. */
export function AddFault({ available, added, failed }: Props) {
  const say = usePanelText();
  const id = useId();
  const [operation, setOperation] = useState("");
  const [code, setCode] = useState<string | null>(null);
  const [often, setOften] = useState<Often>("once");
  const [times, setTimes] = useState("3");
  const [delay, setDelay] = useState("0");
  const [after, setAfter] = useState(false);
  const chosen = available.find((one) => one.operation === operation) ?? available[0];
  const answer = code ?? chosen?.codes[0]?.code ?? "";
  const late = answer === "";
  const submit = (event: Event) => {
    event.preventDefault();
    if (!chosen) return;
    const fault = faultOf({ operation: chosen.operation, code: answer, often, times, delay, after });
    if (typeof fault === "string") return failed(say(fault));
    control.addFault(fault).then(added, (error: Error) => failed(error.message));
  };
  return (
    <form class="add-fault" onSubmit={submit} aria-label={say("addFault")} aria-busy={!chosen}>
      <label for={id + "o"}>{say("faultOperation")}</label>
      <Operations
        id={id + "o"}
        available={available}
        chosen={chosen}
        choose={(name) => {
          setOperation(name);
          setCode(null);
        }}
      />
      <label for={id + "c"}>{say("faultAnswer")}</label>
      <select id={id + "c"} value={answer} onChange={(event) => setCode(event.currentTarget.value)}>
        {chosen?.codes.map((one) => (
          <option key={one.code} value={one.code}>
            {one.code} {one.message}
          </option>
        ))}
        <option value="">{say("faultLate")}</option>
      </select>
      <label for={id + "n"}>{say("faultOften")}</label>
      <Times id={id + "n"} often={often} setOften={setOften} times={times} setTimes={setTimes} />
      <label for={id + "d"}>{say("faultDelay")}</label>
      <span class="fault-delay">
        <input
          id={id + "d"}
          type="text"
          class="figure"
          inputMode="numeric"
          autocomplete="off"
          value={delay}
          onInput={(event) => setDelay(event.currentTarget.value)}
        />{" "}
        <span class="faint" aria-hidden="true">
          ms
        </span>
      </span>
      <label class="inline fault-after">
        <input type="checkbox" checked={after && !late} disabled={late} onChange={(event) => setAfter(event.currentTarget.checked)} />
        {say("faultAfterLong")}
      </label>
      <button type="submit" class="button small primary" disabled={!chosen}>
        {say("addFault")}
      </button>
    </form>
  );
}

interface Filled {
  operation: Fault["operation"];
  code: string;
  often: Often;
  times: string;
  delay: string;
  after: boolean;
}

/** Returns the fault of a filled form, or the key of the text that says what is wrong. */
function faultOf({ operation, code, often, times, delay, after }: Filled): Partial<Fault> | "badCount" | "faultNeedsDelay" {
  const late = code === "";
  const count = whole(times);
  const ms = whole(delay || "0");
  if (often === "times" && !count) return "badCount";
  if (ms === null || (late && ms === 0)) return late ? "faultNeedsDelay" : "badCount";
  const repeats = often === "always" ? { always: true } : { times: often === "times" ? count! : 1 };
  return { operation, code, delay_ms: ms, after: after && !late, ...repeats };
}

interface OperationsProps {
  id: string;
  available: Faulty[];
  chosen: Faulty | undefined;
  choose: (operation: string) => void;
}

/** The operations that can fail, grouped by their API. */
function Operations({ id, available, chosen, choose }: OperationsProps) {
  const apis = [...new Set(available.map(({ api }) => api))];
  return (
    <select id={id} class="mono" value={chosen?.operation} onChange={(event) => choose(event.currentTarget.value)}>
      {apis.map((api) => (
        <optgroup key={api} label={api}>
          {available
            .filter((one) => one.api === api)
            .map((one) => (
              <option key={one.operation} value={one.operation}>
                {one.operation}
              </option>
            ))}
        </optgroup>
      ))}
    </select>
  );
}

interface TimesProps {
  id: string;
  often: Often;
  setOften: (often: Often) => void;
  times: string;
  setTimes: (times: string) => void;
}

/** How many answers the fault replaces. */
function Times({ id, often, setOften, times, setTimes }: TimesProps) {
  const say = usePanelText();
  return (
    <span class="fault-often">
      <select id={id} value={often} onChange={(event) => setOften(event.currentTarget.value as Often)}>
        <option value="once">{say("faultOnce")}</option>
        <option value="times">{say("faultSeveral")}</option>
        <option value="always">{say("faultAlways")}</option>
      </select>
      <input
        type="text"
        class="figure"
        inputMode="numeric"
        autocomplete="off"
        aria-label={say("faultCount")}
        disabled={often !== "times"}
        value={often === "times" ? times : ""}
        onInput={(event) => setTimes(event.currentTarget.value)}
      />
    </span>
  );
}

/** Parses a whole number; null for any other text. */
function whole(text: string): number | null {
  return /^\d{1,7}$/.test(text.trim()) ? Number(text.trim()) : null;
}
