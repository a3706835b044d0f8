import { Api } from "./api.js";
import { readLaunch } from "./launch.js";
import { Opened } from "./opened.js";
import type { MiniAppSession, OpenOptions } from "./session.js";

/**
 * Opens a mini app in a frame of the page: in a new launch, or in `launch`, which the operator's backend has opened.
 * Resolves as soon as the launch exists; its state may still be `consent`, or be `refused`. Rejects with a
 * {@link HostError} when it cannot be created, or when `launch` is no launch. `onAsk`, `onState` and `onPage` report everything later; `onState` gets the first
 * state before the promise resolves. Next: show `session.app`, and call `session.close()` when the person leaves.
 */
export async function openMiniApp(options: OpenOptions): Promise<MiniAppSession> {
  const api = new Api(options.api);
  const launch = options.launch ? readLaunch(options) : await api.launch(options);
  const session = new Opened(options, api, launch);
  try {
    session.start();
  } catch (error) {
    await session.close();
    throw error;
  }
  return session;
}
