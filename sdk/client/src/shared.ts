import { createConnection } from "./connection.js";
import { createEvents } from "./events.js";

/** What every `MiniAppSDK` of a page shares. */
export interface Shared {
  /** Origins that the mini app has named as hosts. */
  hosts: Set<string>;
  events: ReturnType<typeof createEvents>;
  connection: ReturnType<typeof createConnection>;
}

// A host talks to one connection of a page, so two copies of this package in one page share it as well.
const key = Symbol.for("selasar.miniapp-client.1");

/** The page's connection, made when it is first needed. */
export function shared(): Shared {
  const realm = globalThis as { [key]?: Shared };
  if (!realm[key]) {
    const hosts = new Set<string>();
    const events = createEvents();
    realm[key] = { hosts, events, connection: createConnection(hosts, events.emit) };
  }
  return realm[key];
}
