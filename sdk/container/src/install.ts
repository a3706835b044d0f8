import { page } from "@selasar/page";
import { call } from "./call.js";
import { dispatch } from "./events.js";
import type { GpContainer } from "./types.js";

declare global {
  interface Window {
    /** Exists after the script was loaded. */
    gpContainer?: GpContainer;
  }
}

/**
 * Makes `window.gpContainer`. A page that loads the script twice, or that has an object of this name, keeps the object
 * and its `call`.
 */
export function install(): GpContainer {
  const container = (window.gpContainer ??= {} as GpContainer);
  if (typeof container.call !== "function") {
    container.call = call as GpContainer["call"];
    page().on("dialectevent", dispatch);
  }
  return container;
}
