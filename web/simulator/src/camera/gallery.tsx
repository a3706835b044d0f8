import { useStore } from "@selasar/ui/store";
import { state } from "../control/live";
import { usePhoneText } from "../text/say";

/** The types of pictures that a mini app can get. */
const TYPES = new Set(["image/jpeg", "image/png", "image/webp"]);
/** The most pictures that the sheet offers. */
const MOST = 12;

/** The pictures in the phone's gallery, newest first; nothing while there are none. */
export function Gallery({ pick }: { pick: (picture: Blob) => void }) {
  const say = usePhoneText();
  const files = useStore(state, (s) => s?.files) ?? [];
  const pictures = files.filter(({ type }) => TYPES.has(type)).slice(0, MOST);
  if (pictures.length === 0) return null;
  const choose = async (address: string) => {
    const answer = await fetch(address);
    if (answer.ok) pick(await answer.blob());
  };
  return (
    <div class="gallery" role="group" aria-label={say("gallery")}>
      {pictures.map(({ id, name }) => (
        <button key={id} type="button" aria-label={say("fromGallery", { name })} onClick={() => void choose(`/control/v1/files/${id}`)}>
          <img src={`/control/v1/files/${id}`} alt="" />
        </button>
      ))}
    </div>
  );
}
