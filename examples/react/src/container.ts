// The calls of window.gpContainer as promises. The script in index.html makes the object; the package has only its types.
import type { ClassName, Failure, GpContainer, MethodOf, ParamsOf, SuccessOf } from "@selasar/gp-container";

declare global {
  interface Window {
    gpContainer?: GpContainer;
  }
}

/** A failed call: `code` is the documented one, such as "300", and the message says what to do. */
export class ContainerError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = "ContainerError";
    this.code = code;
  }
}

/** Calls a method of the super app. Rejects with a `ContainerError`. */
export function call<C extends ClassName, M extends MethodOf<C>>(
  className: C,
  methodName: M,
  params: ParamsOf<C, M> | Record<string, never> = {},
): Promise<SuccessOf<C, M>> {
  return new Promise((resolve, reject) => {
    const failed = (failure: Failure) => reject(errorOf(failure));
    // The script may be blocked or offline, so the object can be absent.
    if (!window.gpContainer?.call) return reject(new ContainerError("1003", "GoPay's script was not loaded. Check the network."));
    const succeeded = (result: SuccessOf<C, M>) =>
      (result.success as boolean) === false ? failed(result as unknown as Failure) : resolve(result);
    window.gpContainer.call(className, methodName, params, succeeded, failed);
  });
}

/** Returns the `data` of a result. GoPay below 2.00 sends it as JSON text. */
export function dataOf<T>(result: { data: T }): T {
  return typeof result.data === "string" ? JSON.parse(result.data) : result.data;
}

/** The documentation has both spellings of the members, so the page reads both. */
function errorOf(failure: Failure): ContainerError {
  const code = failure.error_code ?? failure.errorCode ?? String(failure.ret);
  const message = failure.error_message || failure.errorMessage || failure.msg || `The call failed with ${code}.`;
  return new ContainerError(String(code), message);
}
