import type { MethodName, Results } from "@selasar/protocol";

/** The answer of the dummy service to one method. */
export interface DummyAnswer<M extends MethodName> {
  /** Values that replace the dummy's values, key by key. */
  data?: Partial<Results[M]>;
  /** The error to return instead: a code, or a code with a message. */
  error?: number | { code: number; message: string };
  /** The delay of the answer, in ms. */
  delay?: number;
}

/** The answers of the dummy service. They are read at every call, so a test may change them between calls. */
export interface DummyOptions {
  /** The delay of every answer, in ms; 0 by default. */
  delay?: number;
  /** The answer by method, or a function that returns it from the parameters. If the function throws, the call gets 500. */
  answers?: {
    [M in MethodName]?: DummyAnswer<M> | ((params: Record<string, unknown>) => DummyAnswer<M> | Promise<DummyAnswer<M>>);
  };
}

/** The options of `MiniAppSDK`. */
export interface MiniAppOptions {
  /**
   * `true`: without a host, a dummy inside the page answers every method in the documented shapes. A host that welcomes
   * the page answers itself, and the console says so. `"always"`: the dummy answers everywhere, and the page contacts no
   * host. The dummy is a separate file, which is loaded at its first use.
   */
  useDummyService?: boolean | "always";
  /** The answers of the dummy. */
  dummy?: DummyOptions;
  /**
   * Origins that may be the host when the page is in a frame, in addition to loopback and the page's own host name,
   * such as `https://superapp.example`.
   */
  hostOrigins?: readonly string[];
  /** The time-out of a call, in ms; 10,000 by default. It stops while a person decides. */
  timeout?: number;
}
