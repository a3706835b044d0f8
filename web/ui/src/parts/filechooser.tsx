import type { Ref } from "preact";

/**
 * The browser's own file dialogue, without a look of its own: a button beside it opens it by a click on `input`.
 * @param name what the dialogue is for
 * @param accept the media types that it offers, separated by commas
 */
export function FileChooser(props: { input: Ref<HTMLInputElement>; name: string; accept: string; choose: (file: File) => void }) {
  return (
    <input
      ref={props.input}
      class="unseen"
      type="file"
      tabIndex={-1}
      aria-hidden="true"
      aria-label={props.name}
      accept={props.accept}
      onChange={(event) => {
        const chosen = event.currentTarget.files?.[0];
        event.currentTarget.value = ""; // the same file can be chosen again
        if (chosen) props.choose(chosen);
      }}
    />
  );
}
