/** How long a page waits for a welcome when nothing says that there is a host, in ms. A call settles within 300. */
export const HELLO_WAIT = 250;

/** How long a call waits for the host unless the page says otherwise, in ms. */
export const CALL_TIMEOUT = 10_000;

/** While a person decides, the page asks this often whether the host is alive, in ms. */
export const PING_EVERY = 5_000;

/** A host that does not answer a ping in this time is gone, in ms. */
export const PONG_WITHIN = 10_000;

/** The largest call, in bytes of JSON in UTF-8. */
export const MAX_BYTES = 256 * 1024;

/** How deep the parameters may be nested. */
export const MAX_DEPTH = 32;

/** How many of a page's calls a host has at the server at once. */
export const MAX_RUNNING = 64;

/** How many more of a page's calls wait for their turn. */
export const MAX_QUEUED = 10_000;

/** The name that a host gives its frame, so that the page knows it is worth waiting. */
export const FRAME_NAME = "selasar-host";
