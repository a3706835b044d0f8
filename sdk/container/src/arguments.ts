import { CALL_TIMEOUT, ErrorCode } from "@selasar/protocol";

/** A callback of a call. */
export type Callback = (result: any) => void;

/** The arguments of a call, in order. */
export interface Arguments {
  method: string;
  params: unknown;
  success: Callback | undefined;
  failure: Callback | undefined;
  /** In ms. */
  timeout: number;
  /** Why the call cannot be sent: an error code and its reason. */
  wrong?: [ErrorCode, string];
}

/** The longest timer of a browser, in ms; a longer one fires at once. */
const LONGEST = 2 ** 31 - 1;

const callback = (value: unknown): Callback | undefined => (typeof value === "function" ? (value as Callback) : undefined);

/**
 * Reads the arguments of `call(className, methodName, params, success, failure, timeout)`. Everything after `methodName`
 * may be absent, and a last argument that is a number is the time-out, wherever it stands.
 */
export function readArguments(all: unknown[]): Arguments {
  const last = all[all.length - 1];
  const timed = all.length > 2 && typeof last === "number";
  const [className, methodName, params, success, failure] = timed ? all.slice(0, -1) : all;
  const read: Arguments = {
    method: `${text(className)}.${text(methodName)}`,
    params: params ?? {},
    success: callback(success),
    failure: callback(failure),
    timeout: timed && last > 0 ? Math.min(last, LONGEST) : CALL_TIMEOUT,
  };
  for (const [name, value] of [
    ["className", className],
    ["methodName", methodName],
  ]) {
    if (value === undefined || value === "") read.wrong ??= [ErrorCode.IncompleteParameter, `gpContainer.call needs ${name} (string)`];
    else if (typeof value !== "string")
      read.wrong ??= [ErrorCode.InvalidType, `${name} of gpContainer.call must be a string, got ${typeof value}`];
  }
  if (typeof params === "function")
    read.wrong ??= [
      ErrorCode.InvalidType,
      "the third argument of gpContainer.call is the parameters, got a function; pass {} before the callbacks",
    ];
  return read;
}

const text = (value: unknown): string => (typeof value === "string" ? value : "");
