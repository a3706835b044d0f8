import type { MethodName, Results } from "@selasar/protocol";

/** What the dummy service answers to one method. */
export interface DummyAnswer<M extends MethodName> {
  /** Values that replace those of the dummy, key by key. */
  data?: Partial<Results[M]>;
  /** The error to answer instead: a code, or a code with a message of your own. */
  error?: number | { code: number; message: string };
  /** How long the answer takes, in ms. */
  delay?: number;
}

/** What the dummy service answers. It is read with every call, so a test may change it on the way. */
export interface DummyOptions {
  /** How long every answer takes, in ms; 0 unless said otherwise. */
  delay?: number;
  /** By method: an answer, or a function that makes it from the parameters. What such a function throws is answered with 500. */
  answers?: {
    [M in MethodName]?: DummyAnswer<M> | ((params: Record<string, unknown>) => DummyAnswer<M> | Promise<DummyAnswer<M>>);
  };
}

/** The options of `MiniAppSDK`. */
export interface MiniAppOptions {
  /**
   * `true`: where there is no host, a dummy inside the page answers every method in the documented shapes; a host that
   * welcomes the page answers itself, and the console says so. `"always"`: the dummy answers everywhere, and no host is
   * asked. The dummy is a file of its own that is loaded when it is first needed.
   */
  useDummyService?: boolean | "always";
  /** What the dummy answers. */
  dummy?: DummyOptions;
  /**
   * Origins besides loopback and the page's own host name that may be the host when the page stands in a frame,
   * such as `https://superapp.example`.
   */
  hostOrigins?: readonly string[];
  /** How long a call waits for the host, in ms; 10,000 unless said otherwise. It stands still while a person decides. */
  timeout?: number;
}
