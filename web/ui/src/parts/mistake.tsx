/** Says what went wrong, aloud for a screen reader. Without a text there is nothing. */
export function Mistake({ text }: { text: string | null | undefined }) {
  return text ? (
    <p class="bad" role="alert">
      {text}
    </p>
  ) : null;
}
