import { useCallback, useEffect, useRef, useState } from "react";

/**
 * Calls the super app for a component. `run` does an action and passes its result to `done`, unless the component is gone
 * by then. `failure` is the message of the last action that failed.
 */
export function useGpContainer() {
  const mounted = useRef(false);
  const [failure, setFailure] = useState<string>();

  useEffect(() => {
    mounted.current = true;
    return () => {
      mounted.current = false;
    };
  }, []);

  const fail = useCallback((error: unknown) => {
    if (mounted.current) setFailure(error instanceof Error ? error.message : String(error));
  }, []);

  const run = useCallback(
    async <T>(action: () => Promise<T>, done: (value: T) => void) => {
      try {
        const value = await action();
        if (mounted.current) done(value);
      } catch (error) {
        fail(error);
      }
    },
    [fail],
  );

  const dismiss = useCallback(() => setFailure(undefined), []);
  return { run, fail, failure, dismiss };
}
