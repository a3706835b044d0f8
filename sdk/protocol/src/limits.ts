/** How long a page without a sign of a host waits for a welcome, in ms. A call settles within 300. */
export const HELLO_WAIT = 250;

/** The default time-out of a call, in ms. */
export const CALL_TIMEOUT = 10_000;

/** The interval of the page's pings while a person decides, in ms. */
export const PING_EVERY = 5_000;

/** The time-out of a ping, in ms; after it the host counts as gone. */
export const PONG_WITHIN = 10_000;

/** The largest call, in bytes of JSON in UTF-8. */
export const MAX_BYTES = 256 * 1024;

/** The maximum depth of the parameters. */
export const MAX_DEPTH = 32;

/** The maximum number of a page's calls that a host sends to the server concurrently. */
export const MAX_RUNNING = 64;

/** The maximum number of a page's calls that wait in the host. */
export const MAX_QUEUED = 10_000;

/** The name that a host gives its frame, so that the page waits longer for the welcome. */
export const FRAME_NAME = "selasar-host";

/** The longest name of a method in another dialect. */
export const MAX_METHOD = 200;
