import type { ComponentChildren } from "preact";
import { useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { takeLostFocus } from "./focus";
import { Sign } from "./sign";

interface Props {
  /** The button's content. */
  label: ComponentChildren;
  /** Its accessible name, if the label alone does not describe the menu. */
  name: string;
  tone?: "quiet" | "warning" | undefined;
  align?: "start" | "end";
  children: (close: () => void) => ComponentChildren;
}

/**
 * A button of the top bar that opens a small panel below itself.
 * Escape closes the panel and returns the focus to the button. A press or a focus elsewhere closes it too.
 */
export function Menu({ label, name, tone = "quiet", align = "start", children }: Props) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  const close = () => {
    setOpen(false);
    // The panel may close late, such as after a response of the server. A focus elsewhere stays there.
    takeLostFocus(button.current, root.current);
  };
  // A layout effect, because an arrow key may arrive before an effect after the paint.
  useLayoutEffect(() => {
    if (!open) return;
    root.current?.querySelector<HTMLElement>(".menu-panel button, .menu-panel input, .menu-panel select")?.focus();
    const away = (event: Event) => {
      if (!root.current?.contains(event.target as Node)) setOpen(false);
    };
    // A press inside the mini app never reaches this document, but the window loses the focus to the frame.
    const blurred = () => setOpen(false);
    document.addEventListener("pointerdown", away);
    document.addEventListener("focusin", away);
    window.addEventListener("blur", blurred);
    return () => {
      document.removeEventListener("pointerdown", away);
      document.removeEventListener("focusin", away);
      window.removeEventListener("blur", blurred);
    };
  }, [open]);
  const keys = (event: KeyboardEvent) => {
    if (!open) return;
    if (event.key === "Escape") {
      event.stopPropagation();
      close();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") step(event, root.current);
  };
  return (
    <div class="menu" ref={root} onKeyDown={keys}>
      <button
        ref={button}
        type="button"
        class="bar-button"
        data-tone={tone}
        aria-label={name}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        <span class="bar-label">{label}</span>
        <Sign name="down" size={12} />
      </button>
      <div class="menu-panel" id={id} hidden={!open} data-align={align}>
        {open ? children(close) : null}
      </div>
    </div>
  );
}

function step(event: KeyboardEvent, root: HTMLElement | null): void {
  const target = event.target as HTMLElement;
  if (target instanceof HTMLInputElement || target instanceof HTMLSelectElement) return;
  const items = [...(root?.querySelectorAll<HTMLElement>(".menu-panel button:not(:disabled)") ?? [])];
  const next = items[items.indexOf(target) + (event.key === "ArrowDown" ? 1 : -1)];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
