import type { DummyFile } from "./dummy-loader.js";

/** Loads the dummy: its own file beside this one in what is published. */
export const loadDummy = (): Promise<DummyFile> => import("./dummy/index.js");
