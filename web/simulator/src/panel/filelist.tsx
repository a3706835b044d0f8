import { FileChooser } from "@selasar/ui/parts/filechooser";
import { Mistake } from "@selasar/ui/parts/mistake";
import { fileSize } from "@selasar/ui/format/size";
import { Sign } from "@selasar/ui/parts/sign";
import { useStore } from "@selasar/ui/store";
import { useRef, useState } from "preact/hooks";
import { control } from "../control/api";
import { state } from "../control/live";
import type { DeviceFile } from "../control/shapes";
import { usePanelText } from "../text/say";

/** The phone's gallery and downloads, newest first. */
export function FileList() {
  const say = usePanelText();
  const files = useStore(state, (s) => s?.files) ?? [];
  const input = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState("");
  const add = (picture: File) =>
    control.addFile(picture).then(
      () => setProblem(""),
      (error: Error) => setProblem(error.message),
    );
  return (
    <section class="section">
      <h3>{say("files")}</h3>
      {files.length === 0 ? (
        <p class="hint">{say("filesEmpty")}</p>
      ) : (
        <ul class="file-list" aria-label={say("files")}>
          {files.map((file) => (
            <FileLine key={file.id} file={file} />
          ))}
        </ul>
      )}
      <div class="path-row">
        <button type="button" class="button small" onClick={() => input.current?.click()}>
          {say("addPicture")}
        </button>
        <FileChooser input={input} name={say("addPicture")} accept="image/jpeg,image/png,image/gif,image/webp" choose={add} />
      </div>
      <Mistake text={problem} />
    </section>
  );
}

function FileLine({ file }: { file: DeviceFile }) {
  const say = usePanelText();
  const address = `/control/v1/files/${file.id}`;
  return (
    <li class="file-line">
      {file.type.startsWith("image/") ? <img src={address} alt="" width={32} height={32} loading="lazy" /> : <Sign name="file" size={20} />}
      <a href={address} target="_blank" rel="noopener" title={say("openFile", { name: file.name })}>
        {file.name}
      </a>
      <span class="faint figure">
        {file.folder} · {fileSize(file.size)}
      </span>
    </li>
  );
}
