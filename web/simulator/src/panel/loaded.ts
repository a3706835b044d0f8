import { useEffect, useState } from "preact/hooks";
import { link, state } from "../control/live";
import { useStore } from "@selasar/ui/store";

/** Loads a panel's data that is not part of the state: when the panel opens, and after every change of the state. */
export function useLoaded<T>(load: () => Promise<T>): { value: T | null; problem: string; again: () => void } {
  const seen = useStore(state, (s) => s);
  const heard = useStore(link, (l) => l);
  const [value, setValue] = useState<T | null>(null);
  const [problem, setProblem] = useState("");
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let newest = true;
    load().then(
      (loaded) => {
        if (newest) {
          setValue(loaded);
          setProblem("");
        }
      },
      (error: Error) => {
        if (newest) setProblem(error.message);
      },
    );
    return () => {
      newest = false;
    };
  }, [seen, heard, turn]);
  return { value, problem, again: () => setTurn((n) => n + 1) };
}
