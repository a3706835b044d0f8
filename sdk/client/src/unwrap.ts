import type { Envelope, SampleEnvelope } from "@selasar/protocol";

/** The error of an envelope as an exception, for code that prefers try and catch. */
export class MiniAppCallError extends Error {
  override readonly name = "MiniAppCallError";

  constructor(
    /** One of {@link ErrorCode}. */
    readonly code: number,
    message: string,
  ) {
    super(message);
  }
}

/** Returns the data of a successful envelope: `unwrap(await sdk.getLocation()).latitude`. Throws {@link MiniAppCallError}. */
export function unwrap<T>(result: Envelope<T> | SampleEnvelope<T>): T {
  if (result.success) return result.data;
  throw new MiniAppCallError(result.error.code, result.error.message);
}
