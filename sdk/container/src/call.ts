import { page } from "@selasar/page";
import { CODE_NAMES, type DialectEnvelope } from "@selasar/protocol";
import { readArguments, type Callback } from "./arguments.js";
import { failed, readResult } from "./result.js";

/**
 * Calls a method of the super app: `call(className, methodName, params, success, failure, timeout)`. Exactly one callback
 * is called, once. Without any callback it returns a promise, which a failure rejects. See `frontend-v2`.
 */
export function call(...all: unknown[]): Promise<DialectEnvelope> | undefined {
  const { method, params, success, failure, timeout, wrong } = readArguments(all);
  const settled = wrong ? Promise.resolve(failed(`${wrong[0]}`, `${CODE_NAMES[wrong[0]]}: ${wrong[1]}`)) : run(method, params, timeout);
  if (success || failure) {
    settled.then((result) => tell(succeeded(result) ? success : failure, result));
    return undefined;
  }
  return settled.then((result) => {
    if (succeeded(result)) return result;
    throw result;
  });
}

async function run(method: string, params: unknown, timeout: number): Promise<DialectEnvelope> {
  const began = performance.now();
  const result = await page().ask({ type: "call", dialect: "container", method, params }, timeout);
  return readResult(result, performance.now() - began >= timeout);
}

const succeeded = ({ success }: DialectEnvelope): boolean => success === true;

/** Calls a callback. Its exception is reported like one of an event listener. */
function tell(callback: Callback | undefined, result: DialectEnvelope): void {
  try {
    callback?.(result);
  } catch (error) {
    setTimeout(() => {
      throw error;
    });
  }
}
