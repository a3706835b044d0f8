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
  /** Saves the value. If it throws, the message is shown below the field and the typed text stays. */
  save: (value: string) => Promise<unknown>;
  hint?: ComponentChildren;
  mono?: boolean;
  numeric?: boolean;
  list?: readonly string[];
}

/** A text field that saves on Enter or when the focus leaves; Escape restores the old value. */
export function TextField({ label, value, save, hint, mono, numeric, list }: TextProps) {
  const id = useId();
  // The typed text stays when the server's value changes.
  const [typed, setTyped] = useState<string | null>(null);
  const [problem, setProblem] = useState("");
  const leave = () => {
    setTyped(null);
    setProblem("");
  };
  const sending = useRef<string | null>(null);
  const commit = async () => {
    if (typed === null || typed === value) return leave();
    if (typed === sending.current) return; // Enter has saved it already; the focus left before the response
    sending.current = typed;
    try {
      await save(typed);
      setProblem("");
      setTyped((now) => (now === typed ? null : now)); // a text typed during the request stays
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

/** A switch that moves immediately and moves back when the server refuses. */
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
