import type { DummyFile } from "./dummy-loader.js";

// currentScript is set only while the script runs.
const here = typeof document === "object" ? (document.currentScript as HTMLScriptElement | null)?.src : undefined;

/** Loads the dummy's ES module from the folder of this script. */
export const loadDummy = (): Promise<DummyFile> => import(new URL("miniapp-client.dummy.js", here || location.href).href);
