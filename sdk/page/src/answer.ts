import { ErrorCode, failure, type Envelope } from "@selasar/protocol";

/** Checks and completes the host's envelope: all three keys, and null where the rule requires null. */
export function readEnvelope(value: unknown): Envelope {
  const { success, data, error } = (value ?? {}) as Record<string, any>;
  if (success === true) return { success, data: data ?? null, error: null };
  if (success === false && typeof error?.code === "number") return failure(error.code, `${error.message ?? ""}`);
  return failure(ErrorCode.SuperappError, "Superapp error: the host's answer is malformed");
}
