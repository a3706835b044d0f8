import { createStore } from "@selasar/ui/store";

/** An opened deeplink or address. */
export interface Away {
  kind: "deeplink" | "uri";
  link: string;
  appName: string;
}

/** The destination of an opened deeplink or address; it covers the mini app until the person goes back. */
export const destination = createStore<Away | null>(null);

/** True while the notification shade is open. */
export const shade = createStore(false);
