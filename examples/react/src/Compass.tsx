import { useCompass } from "./useCompass";

/** Shows the direction of the phone. The compass runs while this component is mounted. */
export function Compass({ failed }: { failed: (error: unknown) => void }) {
  const direction = useCompass(failed);
  return (
    <figure>
      <div className="needle" style={{ rotate: `${-(direction ?? 0)}deg` }} aria-hidden="true">
        ▲
      </div>
      <figcaption>{direction === undefined ? "Waiting for the compass…" : `Heading ${Math.round(direction)}°`}</figcaption>
    </figure>
  );
}
