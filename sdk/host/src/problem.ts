/** An error between the host and Selasar. */
export class HostError extends Error {
  override readonly name = "HostError";

  /**
   * @param code Selasar's stable code (`launch_unknown`, `forbidden_origin`, ...), or `unreachable` when no answer arrived.
   * @param status The HTTP status, 0 without an answer.
   */
  constructor(
    readonly code: string,
    message: string,
    readonly status = 0,
  ) {
    super(message);
  }
}
