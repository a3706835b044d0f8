/** What went wrong: a code, and a message that starts with the code's documented name. */
export interface MiniAppError {
  code: number;
  message: string;
}

/**
 * What every call resolves with. All three keys are always there:
 * `data` is null on failure, `error` is null on success.
 * Source: `list-of-jssdks-webview-v1`; methods that return nothing have `data: null` on success too.
 */
export type Envelope<T = unknown> = { success: true; data: T; error: null } | { success: false; data: null; error: MiniAppError };

/** What was thrown, in words. Anything at all may be thrown, also what has no text. */
export const thrown = (error: unknown): string =>
  error instanceof Error || typeof error !== "object" ? String(error) : "an object was thrown";

/** Builds the envelope of a failure. */
export const failure = (code: number, message: string): Envelope<never> => ({
  success: false,
  data: null,
  error: { code, message },
});
