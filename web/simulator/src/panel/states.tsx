import { usePanelText } from "../text/say";

/** An empty panel, with a hint what would fill it. */
export function Empty({ title, text }: { title: string; text: string }) {
  return (
    <div class="empty">
      <strong>{title}</strong>
      <p>{text}</p>
    </div>
  );
}

/** Reserves the panel's space while its data load. */
export function Waiting() {
  const say = usePanelText();
  return (
    <div class="waiting" role="group" aria-busy="true" aria-label={say("loading")}>
      <div class="bone bone-line" />
      <div class="bone bone-row" />
      <div class="bone bone-row" />
    </div>
  );
}

export function Problem({ text, again }: { text: string; again: () => void }) {
  const say = usePanelText();
  return (
    <div class="empty" role="alert">
      <strong>{say("couldNotRead")}</strong>
      <p class="bad">{text}</p>
      <button type="button" class="button small" onClick={again}>
        {say("tryAgain")}
      </button>
    </div>
  );
}
