import { useEffect, useRef } from "preact/hooks";
import { clockShift } from "../control/live";
import { usePhoneText } from "../text/say";
import { drawInto, NoPicture, openCamera, takeFrom, type Source, type Trouble } from "./source";
import { testPicture } from "./testpicture";

/** The state of the viewfinder. */
export interface Shown {
  /** Returns the picture that is shown; absent while there is none. */
  take?: (() => Promise<Blob>) | undefined;
  trouble?: Trouble | undefined;
  /** The chosen file. */
  file?: Blob | undefined;
}

interface Props {
  source: Source;
  file: Blob | undefined;
  show: (shown: Shown) => void;
}

/** Shows what the picture will be. Its size does not depend on the source. */
export function Viewfinder({ source, file, show }: Props) {
  const say = usePhoneText();
  const video = useRef<HTMLVideoElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    let over = false;
    let stream: MediaStream | undefined;
    show({ take: undefined, trouble: undefined });
    const still = async (picture: Blob) => {
      await drawInto(canvas.current!, picture);
      if (!over) show({ take: async () => picture, trouble: undefined });
    };
    const live = async () => {
      stream = await openCamera();
      if (over) return stop(stream);
      video.current!.srcObject = stream;
      await video.current!.play();
      if (!over) show({ take: () => takeFrom(video.current!), trouble: undefined });
    };
    const start = async () => {
      if (source === "live") return live();
      const picture = source === "file" ? file : await testPicture(new Date(Date.now() + clockShift.get()));
      if (picture && !over) await still(picture);
    };
    start().catch((error: unknown) => {
      if (!over) show({ take: undefined, trouble: error instanceof NoPicture ? error.trouble : "cameraBusy" });
    });
    return () => {
      over = true;
      stop(stream);
    };
  }, [source, file]);
  return (
    <div
      class="viewfinder"
      role="img"
      aria-label={say("viewfinder", { source: say(source === "file" ? "chosenFile" : `source_${source}`) })}
    >
      {source === "live" ? <video ref={video} muted playsInline /> : <canvas ref={canvas} width={800} height={600} />}
    </div>
  );
}

const stop = (stream: MediaStream | undefined) => stream?.getTracks().forEach((track) => track.stop());
