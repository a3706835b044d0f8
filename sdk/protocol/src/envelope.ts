/** The error of a call: a code, and a message that starts with the code's documented name. */
export interface MiniAppError {
  code: number;
  message: string;
}

/**
 * The result of every call. It always has all three keys:
 * `data` is null on failure, `error` is null on success.
 * Source: `list-of-jssdks-webview-v1`. Methods without a result have `data: null` even on success.
 */
export type Envelope<T = unknown> = { success: true; data: T; error: null } | { success: false; data: null; error: MiniAppError };

/**
 * The answer of a method whose documented samples read `data` without a look at `success`: it is declared present.
 * On failure it is null nevertheless, so read `success` or `error` first.
 */
export type SampleEnvelope<T> = { success: true; data: T; error: null } | { success: false; data: T; error: MiniAppError };

/** The envelope of a call in another dialect. Its form is the dialect's; `ret` tells it from an {@link Envelope}. */
export interface DialectEnvelope {
  ret: string | readonly string[];
  [member: string]: unknown;
}

/** Reports whether a value is an envelope of another dialect. */
export const isDialectEnvelope = (value: unknown): value is DialectEnvelope => {
  const { ret } = (value ?? {}) as Record<string, unknown>;
  return typeof ret === "string" || Array.isArray(ret);
};

/** Returns the message of a thrown value. Any value may be thrown, even one that has no text. */
export const thrown = (error: unknown): string =>
  error instanceof Error || typeof error !== "object" ? String(error) : "an object was thrown";

/** Returns the envelope of a failure. */
export const failure = (code: number, message: string): Envelope<never> => ({
  success: false,
  data: null,
  error: { code, message },
});
