import { readFileSync } from "node:fs";
import { EXAMPLES } from "./examples.mjs";

/** The generations of gpContainer, with the methods of their bindings. */
export const GENERATIONS = ["container-v2", "container-v1"].map((name) => ({
  name,
  methods: JSON.parse(readFileSync(new URL(`../../spec/vectors/jsapi-${name}.json`, import.meta.url), "utf8")).methods,
}));

/** The parts that a device may lack, as the control API names them. */
const HARDWARE = ["accelerometer", "compass", "gyroscope", "microphone", "vibrator", "camera"];

/** The device of a row without a `state`. Everything that a row changes is here, so that each state is whole. */
const PLAIN = {
  app_version: "2.10.0",
  online: true,
  superapp: "ok",
  location: { enabled: true },
  wifi: { present: true, connected: true },
  sensors: Object.fromEntries(HARDWARE.map((part) => [part, true])),
};

/** The variants that rows choose. */
const VARIANTS = ["error-keys", "codes", "data", "success-scope", "payment-status", "rooted"];

/** Returns the change of the device that leads to a row's state from every other state. */
export const deviceOf = ({ state }) => ({
  ...PLAIN,
  ...state,
  variants: { ...Object.fromEntries(VARIANTS.map((name) => [name, null])), ...state.variants },
});

/** The changes of the device that lead to each error, for methods that reach the check. */
const STATES = {
  old: { app_version: "1.0.0" },
  offline: { online: false },
  failing: { superapp: "failing" },
};

/** The device without what a method needs, by the need. */
const WITHOUT = {
  "location services": { location: { enabled: false } },
  wifi: { wifi: { connected: false } },
  ...Object.fromEntries(HARDWARE.map((part) => [`${part === "accelerometer" ? "an" : "a"} ${part}`, { sensors: { [part]: false } }])),
};

/** Values of another type, by the type of a parameter. */
const OTHER = { string: 7, number: "seven", boolean: "yes", object: "text", array: {} };

const variant = (name, reading) => ({ variants: { [name]: reading } });

/**
 * Returns the rows of a generation: each is one call, the state of the device in which it runs, and the result that it
 * must have. `title` names the row; `kind` is `success`, or the error code.
 */
export function rowsOf({ name, methods }) {
  const rows = [];
  for (const method of methods) {
    const example = EXAMPLES[method.name];
    if (!example) throw new Error(`test/conformance/examples.mjs lacks ${method.name}`);
    const add = (title, kind, row = {}) =>
      rows.push({ generation: name, method, title, kind, call: method.name, params: example.params, state: {}, ...row });
    successes(add, method);
    errors(add, method, example);
    variants(add, method, name);
  }
  return rows;
}

function successes(add, method) {
  add("default", "success");
  for (const alias of method.aliases ?? []) add(`alias ${alias}`, "success", { call: alias });
}

function errors(add, method, example) {
  add("an older GoPay app", 100, { state: STATES.old });
  for (const [param, type] of Object.entries(method.params)) {
    if (!method.optional?.includes(param)) add(`${param} is missing`, 200, { params: without(example.params, param) });
    if (type in OTHER) add(`${param} has another type`, 201, { params: { ...example.params, [param]: OTHER[type] } });
  }
  add("parameters that are no object", 201, { params: ["first"] });
  for (const params of example.wrong ?? []) add(`value ${JSON.stringify(params)}`, example.code ?? 202, { params });
  add("not granted", 300, { ungranted: true });
  if (method.consent) add(`without the consent ${method.consent}`, 300, { revoked: method.consent });
  if (method.needs) add(`without ${method.needs}`, 400, { state: WITHOUT[method.needs] });
  add("offline", 401, { state: STATES.offline });
  add("the super app fails", 500, { state: STATES.failing });
  add("after the launch ended", 203, { ended: true });
}

function variants(add, method, generation) {
  for (const reading of ["snake", "camel", "both"])
    add(`error-keys=${reading}`, 401, { state: { ...STATES.offline, ...variant("error-keys", reading) } });
  for (const reading of ["string", "number"]) add(`codes=${reading}`, 401, { state: { ...STATES.offline, ...variant("codes", reading) } });
  for (const reading of ["object", "string"]) add(`data=${reading}`, "success", { state: variant("data", reading) });
  const own = {
    "GP.authorize": ["success-scope", ["both", "top", "data"]],
    "GP.launchPayment": ["payment-status", ["trigger-payment", "container"]],
    "GPSystem.getRootedDeviceInfo": ["rooted", ["string", "boolean"]],
  }[method.name];
  for (const reading of own?.[1] ?? []) add(`${own[0]}=${reading}`, "success", { state: variant(own[0], reading) });
  if (generation === "container-v2") add("GoPay below 2.00", "success", { state: { app_version: "1.99.0" } });
}

const without = (params, name) => Object.fromEntries(Object.entries(params).filter(([key]) => key !== name));

/** Groups values by a text, in the order of their first values. */
export function groupBy(values, textOf) {
  const groups = new Map();
  for (const value of values) {
    const text = textOf(value);
    if (!groups.has(text)) groups.set(text, []);
    groups.get(text).push(value);
  }
  return groups;
}
