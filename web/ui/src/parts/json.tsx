import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { usePartText, type PartText } from "../text/say";
import { Sign } from "./sign";

/** The number of members that are shown; a count replaces the rest. */
const TEXT_SHOWN = 240;
const ITEMS_SHOWN = 40;
/** The depth below which objects are folded at first. */
const OPEN_LEVELS = 2;

/** A JSON value as a tree that folds: quiet colours, long strings and lists cut with a count. */
export function Json({ value }: { value: unknown }) {
  const say = usePartText();
  return (
    <div class="json mono">
      <Value value={value} level={0} say={say} />
    </div>
  );
}

interface ValueProps {
  name?: string;
  value: unknown;
  level: number;
  say: PartText;
  comma?: boolean;
}

function Value(props: ValueProps) {
  const { value } = props;
  if (typeof value === "object" && value !== null) return <Tree {...props} value={value} />;
  return (
    <div class="json-line">
      <Name name={props.name} />
      {typeof value === "string" ? <Text value={value} say={props.say} /> : <span class={"json-" + kindOf(value)}>{String(value)}</span>}
      {props.comma ? "," : ""}
    </div>
  );
}

const kindOf = (value: unknown) => (value === null || value === undefined ? "null" : typeof value);

function Name({ name }: { name: string | undefined }) {
  return name === undefined ? null : (
    <>
      <span class="json-name">{JSON.stringify(name)}</span>:{" "}
    </>
  );
}

function Text({ value, say }: { value: string; say: PartText }) {
  const [whole, setWhole] = useState(false);
  const long = value.length > TEXT_SHOWN;
  return (
    <>
      <span class="json-string">{JSON.stringify(long && !whole ? value.slice(0, TEXT_SHOWN) : value)}</span>
      {long ? (
        <More press={() => setWhole(!whole)}>{whole ? say("showLess") : say("moreCharacters", { n: value.length - TEXT_SHOWN })}</More>
      ) : null}
    </>
  );
}

function More({ press, children }: { press: () => void; children: ComponentChildren }) {
  return (
    <button type="button" class="json-more" onClick={press}>
      {children}
    </button>
  );
}

function Tree({ name, value, level, say, comma }: ValueProps & { value: object }) {
  const list = Array.isArray(value);
  const entries: [string | undefined, unknown][] = list ? value.map((item) => [undefined, item]) : Object.entries(value);
  const [open, setOpen] = useState(level < OPEN_LEVELS && entries.length <= 200);
  const [all, setAll] = useState(false);
  const [first, last] = list ? "[]" : "{}";
  if (entries.length === 0)
    return (
      <div class="json-line">
        <Name name={name} />
        {first}
        {last}
        {comma ? "," : ""}
      </div>
    );
  const shown = all ? entries : entries.slice(0, ITEMS_SHOWN);
  const count = say(list ? "items" : "fields", { n: entries.length });
  return (
    <div>
      <div class="json-line">
        <button
          type="button"
          class="json-fold"
          aria-expanded={open}
          aria-label={`${name ?? say("value")}, ${count}`}
          onClick={() => setOpen(!open)}
        >
          <Sign name={open ? "down" : "right"} size={12} />
        </button>
        <Name name={name} />
        {first}
        {open ? (
          ""
        ) : (
          <>
            <span class="json-count"> {count} </span>
            {last}
            {comma ? "," : ""}
          </>
        )}
      </div>
      {open ? (
        <>
          <div class="json-inside">
            {shown.map(([key, item], i) => (
              <Value
                key={key ?? i}
                {...(key === undefined ? {} : { name: key })}
                value={item}
                level={level + 1}
                say={say}
                comma={i < entries.length - 1}
              />
            ))}
            {entries.length > shown.length ? (
              <More press={() => setAll(true)}>{say("moreItems", { n: entries.length - shown.length })}</More>
            ) : null}
          </div>
          <div class="json-line">
            {last}
            {comma ? "," : ""}
          </div>
        </>
      ) : null}
    </div>
  );
}
