import { onScopeDispose, ref } from "vue";

/**
 * Calls the super app for a component. `run` does an action and passes its result to `done`, unless the component is gone
 * by then. `failure` is the message of the last action that failed.
 */
export function useGpContainer() {
  const failure = ref<string>();
  let gone = false;
  onScopeDispose(() => {
    gone = true;
  });

  function fail(error: unknown) {
    if (!gone) failure.value = error instanceof Error ? error.message : String(error);
  }

  async function run<T>(action: () => Promise<T>, done: (value: T) => void) {
    try {
      const value = await action();
      if (!gone) done(value);
    } catch (error) {
      fail(error);
    }
  }

  function dismiss() {
    failure.value = undefined;
  }

  return { run, fail, failure, dismiss };
}
