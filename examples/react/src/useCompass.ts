import { useEffect, useState } from "react";
import { listenToCompass } from "./compass";

/** Returns the direction of the phone's top edge, in degrees from north, while the component is mounted. */
export function useCompass(failed: (error: unknown) => void): number | undefined {
  const [direction, setDirection] = useState<number>();
  useEffect(() => listenToCompass({ turned: setDirection, failed }), [failed]);
  return direction;
}
