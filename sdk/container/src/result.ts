import { ErrorCode, isDialectEnvelope, type DialectEnvelope, type Envelope } from "@selasar/protocol";

/** The code of a call outside the super app. Shipping mini apps compare it with the number. */
const NO_HOST = 1003;

/**
 * Returns the result of a call for its callbacks. Selasar answers in the dialect. A failure of the bridge between page and
 * host has the form of `MiniAppSDK`, and gets the form of gpContainer here, in both spellings.
 * @param due reports whether the call's time is over
 */
export function readResult(result: unknown, due: boolean): DialectEnvelope {
  if (isDialectEnvelope(result)) return result;
  const { error } = (result ?? {}) as Partial<Envelope>;
  if (!error)
    return {
      ...failed(`${ErrorCode.SuperappError}`, "Superapp error: the host's answer is malformed"),
      ret: ["HY_RESULT_PARSE_ERROR"],
      originValue: result,
    };
  const { code, message } = error;
  if (code === ErrorCode.MethodNotSupported) return failed(NO_HOST, message);
  const failure = failed(`${code}`, message);
  return due && code === ErrorCode.NetworkError ? { ...failure, ret: ["HY_TIMEOUT"] } : failure;
}

/** Returns a failure in both spellings of the documentation. */
export function failed(code: string | number, message: string): DialectEnvelope {
  const type = "JS_BRIDGE_ERROR";
  return {
    success: false,
    error_code: code,
    error_type: type,
    error_message: message,
    errorCode: code,
    errorType: type,
    errorMessage: message,
    ret: "GP_EXCEPTION",
  };
}
