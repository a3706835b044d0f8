import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";

interface RowProps {
  label: string;
  hint?: ComponentChildren;
  id: string;
  children: ComponentChildren;
}

function FieldRow({ label, hint, id, children }: RowProps) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <div class="field-value">
        {children}
        {hint ? (
          <p class="hint" id={id + "-hint"}>
            {hint}
          </p>
        ) : null}
      </div>
    </div>
  );
}

interface TextProps {
  label: string;
  value: string;
  /** Saves; what it throws is said beneath the field and the text stays as it was typed. */
  save: (value: string) => Promise<unknown>;
  hint?: ComponentChildren;
  mono?: boolean;
  numeric?: boolean;
  list?: readonly string[];
}

/** A text that is saved when it is left or Enter is pressed; Escape puts the old one back. */
export function TextField({ label, value, save, hint, mono, numeric, list }: TextProps) {
  const id = useId();
  // What a person has typed stays when the server's value changes under it.
  const [typed, setTyped] = useState<string | null>(null);
  const [problem, setProblem] = useState("");
  const leave = () => {
    setTyped(null);
    setProblem("");
  };
  const sending = useRef<string | null>(null);
  const commit = async () => {
    if (typed === null || typed === value) return leave();
    if (typed === sending.current) return; // Enter saves it, and the field is left before the answer
    sending.current = typed;
    try {
      await save(typed);
      setProblem("");
      setTyped((now) => (now === typed ? null : now)); // what was typed meanwhile stays
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    } finally {
      sending.current = null;
    }
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key === "Enter") void commit();
    if (event.key === "Escape" && typed !== null) {
      event.stopPropagation();
      leave();
    }
  };
  return (
    <FieldRow
      label={label}
      id={id}
      hint={
        problem ? (
          <span class="bad" role="alert">
            {problem}
          </span>
        ) : (
          hint
        )
      }
    >
      <input
        id={id}
        class={mono ? "mono" : ""}
        type="text"
        inputMode={numeric ? "decimal" : "text"}
        autocomplete="off"
        spellcheck={false}
        value={typed ?? value}
        list={list ? id + "-list" : undefined}
        aria-invalid={problem !== ""}
        aria-describedby={problem || hint ? id + "-hint" : undefined}
        onInput={(event) => setTyped(event.currentTarget.value)}
        onBlur={commit}
        onKeyDown={keys}
      />
      {list ? (
        <datalist id={id + "-list"}>
          {list.map((item) => (
            <option key={item} value={item} />
          ))}
        </datalist>
      ) : null}
    </FieldRow>
  );
}

interface SwitchProps {
  label: string;
  on: boolean;
  change: (on: boolean) => Promise<unknown>;
  hint?: ComponentChildren;
  disabled?: boolean;
}

/** A switch that moves at once and goes back when the server refuses. */
export function Switch({ label, on, change, hint, disabled }: SwitchProps) {
  const id = useId();
  const [wanted, setWanted] = useState<boolean | null>(null);
  const [problem, setProblem] = useState("");
  useEffect(() => setWanted(null), [on]);
  const press = async (next: boolean) => {
    setWanted(next);
    try {
      await change(next);
      setProblem("");
    } catch (error) {
      setWanted(null);
      setProblem(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <FieldRow
      label={label}
      id={id}
      hint={
        problem ? (
          <span class="bad" role="alert">
            {problem}
          </span>
        ) : (
          hint
        )
      }
    >
      <input
        id={id}
        class="switch"
        type="checkbox"
        role="switch"
        checked={wanted ?? on}
        disabled={disabled ?? false}
        aria-describedby={hint || problem ? id + "-hint" : undefined}
        onChange={(event) => void press(event.currentTarget.checked)}
      />
    </FieldRow>
  );
}

interface ChoiceProps<T extends string> {
  label: string;
  value: T;
  options: readonly (readonly [T, string])[];
  change: (value: T) => Promise<unknown>;
  hint?: ComponentChildren;
}

export function Choice<T extends string>({ label, value, options, change, hint }: ChoiceProps<T>) {
  const id = useId();
  const [problem, setProblem] = useState("");
  const pick = (next: T) =>
    change(next).then(
      () => setProblem(""),
      (error: unknown) => setProblem(String((error as Error).message ?? error)),
    );
  return (
    <FieldRow
      label={label}
      id={id}
      hint={
        problem ? (
          <span class="bad" role="alert">
            {problem}
          </span>
        ) : (
          hint
        )
      }
    >
      <select
        id={id}
        value={value}
        aria-describedby={hint || problem ? id + "-hint" : undefined}
        onChange={(event) => void pick(event.currentTarget.value as T)}
      >
        {options.map(([key, text]) => (
          <option key={key} value={key}>
            {text}
          </option>
        ))}
      </select>
    </FieldRow>
  );
}
