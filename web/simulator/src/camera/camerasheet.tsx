import { FileChooser } from "@selasar/ui/parts/filechooser";
import type { CameraAsk } from "@selasar/miniapp-host";
import { useRef, useState } from "preact/hooks";
import { usePhoneText } from "../text/say";
import { SheetFrame } from "../phone/sheetframe";
import type { Sheet } from "../phone/sheet";
import { Gallery } from "./gallery";
import { sourcesOf, type Source } from "./source";
import { Viewfinder, type Shown } from "./viewfinder";

/** Takes a picture for the mini app: by the browser's camera, from a file, or a test picture. */
export function CameraSheet({ shown, ask }: { shown: Sheet; ask: CameraAsk }) {
  const say = usePhoneText();
  const sources = sourcesOf(ask.mode);
  const [source, setSource] = useState<Source>("test");
  const [picture, setPicture] = useState<Shown>({});
  const [problem, setProblem] = useState("");
  const [sending, setSending] = useState(false);
  const file = useRef<HTMLInputElement>(null);
  const pick = (next: Source) => {
    setProblem("");
    if (next === "file") file.current?.click();
    else setSource(next);
  };
  const choose = (chosen: Blob) => {
    setProblem("");
    setPicture({ file: chosen });
    setSource("file");
  };
  const use = async () => {
    if (!picture.take || sending) return;
    setSending(true);
    try {
      const taken = await picture.take();
      shown.answer({ answer: "taken", photo: await shown.upload(taken) });
    } catch (error) {
      setProblem((error as Error).message);
    } finally {
      setSending(false);
    }
  };
  const starts = source === "live" && !picture.take && !picture.trouble;
  const said = problem || (picture.trouble && say(picture.trouble)) || ask.problem?.message;
  return (
    <SheetFrame shown={shown} app={ask.app} name={say("cameraTitle", { app: ask.app.name })}>
      {(armed) => (
        <>
          <div class="viewfinder-place">
            <Viewfinder source={source} file={picture.file} show={(next) => setPicture((now) => ({ file: now.file, ...next }))} />
            <p class="viewfinder-said" role="alert">
              {said}
            </p>
            {starts ? (
              <p class="viewfinder-said" role="status">
                {say("cameraStarts")}
              </p>
            ) : null}
          </div>
          {sources.includes("file") ? <Gallery pick={choose} /> : null}
          <div class="camera-sources" role="group" aria-label={say("pictureSource")}>
            {sources.map((one) => (
              <button key={one} type="button" class="chip" aria-pressed={source === one} onClick={() => pick(one)}>
                {say(`source_${one}`)}
              </button>
            ))}
            <FileChooser input={file} name={say("source_file")} accept="image/jpeg,image/png,image/webp" choose={choose} />
          </div>
          <div class="sheet-actions pair">
            <button type="button" class="button big" aria-disabled={!armed} onClick={() => shown.answer({ answer: "cancelled" })}>
              {say("cancel")}
            </button>
            <button
              type="button"
              class="button big primary"
              aria-disabled={!armed || sending || !picture.take}
              aria-busy={sending}
              onClick={() => armed && void use()}
            >
              {say(source === "live" ? "takePicture" : "usePicture")}
            </button>
          </div>
        </>
      )}
    </SheetFrame>
  );
}
