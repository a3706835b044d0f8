import type { EventName } from "@selasar/protocol";
import { createConnection, type Ask } from "./connection.js";
import { createEvents, type AnyListener } from "./events.js";

/**
 * A page's side of the bridge, shared by every script of the page: one hello, one port, one launch.
 * The first script that needs it creates it. Scripts of other packages and versions use the same object. So its members
 * may only be extended; a change of their meaning needs a new key.
 */
export interface Page {
  /** Trusts further origins as the host, in addition to `isTrusted`. */
  hosts: Set<string>;
  /** Asks the host. Settles within `timeout` ms with the answer or the reason for a failure; the clock stops while a person decides. */
  ask: Ask;
  /** Reports whether a host has ever welcomed the page. */
  welcomed(): boolean;
  on(name: EventName, listener: AnyListener): void;
  off(name: EventName, listener: AnyListener): void;
}

const key = Symbol.for("selasar.page.1");

/** Returns the page's side of the bridge. It does nothing until the first question. */
export function page(): Page {
  const realm = globalThis as { [key]?: Page };
  return (realm[key] ??= createPage());
}

function createPage(): Page {
  const hosts = new Set<string>();
  const { on, off, emit } = createEvents();
  return { hosts, on, off, ...createConnection(hosts, emit) };
}
