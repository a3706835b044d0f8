import { ErrorCode, failure, type DialectEnvelope, type Envelope } from "@selasar/protocol";

/**
 * Checks and completes the host's envelope: all three keys, and null where the rule requires null.
 * An envelope of another dialect stays as it is.
 */
export function readEnvelope(value: unknown): Envelope | DialectEnvelope {
  const { ret, success, data, error } = (value ?? {}) as Record<string, any>;
  if (ret) return value as DialectEnvelope;
  if (success === true) return { success, data: data ?? null, error: null };
  if (success === false && typeof error?.code === "number") return failure(error.code, `${error.message ?? ""}`);
  return failure(ErrorCode.SuperappError, "Superapp error: the host's answer is malformed");
}
