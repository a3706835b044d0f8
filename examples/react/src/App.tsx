import { useEffect, useState } from "react";
import { Compass } from "./Compass";
import { Toast } from "./Toast";
import { findPosition, logIn, takePhoto } from "./superapp";
import { useGpContainer } from "./useGpContainer";

type Position = Awaited<ReturnType<typeof findPosition>>;

export function App() {
  const { run, fail, failure, dismiss } = useGpContainer();
  const [code, setCode] = useState<string>();
  const [position, setPosition] = useState<Position>();
  const [photo, setPhoto] = useState<string>();
  const [compass, setCompass] = useState(false);

  useEffect(() => void run(logIn, setCode), [run]);

  return (
    <main>
      <h1>Arah</h1>
      <section aria-label="Login">
        {code ? (
          <p>
            Got the auth code <code>{code.slice(0, 8)}…</code>. A real mini app sends it to its backend now.
          </p>
        ) : (
          <button type="button" onClick={() => run(logIn, setCode)}>
            Log in
          </button>
        )}
      </section>
      <section aria-label="Location">
        <button type="button" onClick={() => run(findPosition, setPosition)}>
          Where am I?
        </button>
        {position && <output>{`${position.latitude.toFixed(4)}, ${position.longitude.toFixed(4)}`}</output>}
      </section>
      <section aria-label="Compass">
        <button type="button" onClick={() => setCompass(!compass)}>
          {compass ? "Hide the compass" : "Show the compass"}
        </button>
        {compass && <Compass failed={fail} />}
      </section>
      <section aria-label="Photo">
        <button type="button" onClick={() => run(takePhoto, setPhoto)}>
          Take a photo
        </button>
        {photo && <img src={photo} alt="What the camera saw" />}
      </section>
      {failure && <Toast key={failure} text={failure} close={dismiss} />}
    </main>
  );
}
