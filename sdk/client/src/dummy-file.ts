import type { DummyFile } from "./dummy-loader.js";

/** Loads the dummy from its own file, which the package publishes next to this one. */
export const loadDummy = (): Promise<DummyFile> => import("./dummy/index.js");
