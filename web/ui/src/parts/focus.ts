import type { RefObject } from "preact";
import { useLayoutEffect } from "preact/hooks";

const REACHABLE = 'button:not(:disabled), input:not(:disabled), select, textarea, a[href], [tabindex="0"]';

/** Moves the focus into a dialog while it is open, and back to the previous element when it closes. */
export function useFocusInside(dialog: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    const inside = dialog.current;
    // A reader who types in a panel is not interrupted: the sheet is one Tab away.
    if (!isTyping(before)) inside?.focus({ preventScroll: true });
    const release = inside ? holdFocus(inside) : undefined;
    return () => {
      release?.();
      if (!isLost(inside)) return;
      // The frame under the sheet stops being inert in the same rendering and may take the focus a moment later. A focus elsewhere stays there.
      requestAnimationFrame(() => isLost(inside) && giveBack(before));
    };
  }, [dialog]);
}

/** The time between two looks at a focus that a frame may have taken without a `blur` of the window, in ms. */
const LOOK_MS = 10;

/**
 * The page under a dialog may take the focus at any time, and with it the keys. An inert frame does not prevent that in any browser.
 * This returns the focus to its previous element in this document.
 */
function holdFocus(inside: HTMLElement): () => void {
  let last = isTyping(document.activeElement) ? (document.activeElement as HTMLElement) : inside;
  const remember = ({ target }: FocusEvent) => {
    if (target instanceof HTMLElement && !(target instanceof HTMLIFrameElement)) last = target;
  };
  const takeBack = () => {
    if (!document.hasFocus()) return; // the person went to another window
    const to = last.isConnected ? last : inside;
    window.focus();
    to.blur(); // the document may regard the element as focused, and ignore a focus() without a blur()
    to.focus({ preventScroll: true });
  };
  const blurred = () => {
    queueMicrotask(takeBack); // before the next key
    setTimeout(takeBack); // again, because a browser that is still moving the focus ignores the first
  };
  const look = setInterval(() => document.activeElement instanceof HTMLIFrameElement && takeBack(), LOOK_MS);
  document.addEventListener("focusin", remember);
  window.addEventListener("blur", blurred);
  return () => {
    clearInterval(look);
    document.removeEventListener("focusin", remember);
    window.removeEventListener("blur", blurred);
  };
}

function giveBack(before: HTMLElement | null): void {
  if ([...document.querySelectorAll('[role="dialog"][aria-modal="true"]')].some((open) => !open.closest("[inert]"))) return;
  if (before?.isConnected && before !== document.body && !before.closest("[inert]")) before.focus({ preventScroll: true });
  else document.querySelector<HTMLElement>(".phone iframe, .phone .home-app")?.focus({ preventScroll: true });
}

/** Takes the focus if its element was removed or is closing; a focus elsewhere stays there. */
export function takeLostFocus(to: HTMLElement | null, leaving?: HTMLElement | null): void {
  if (isLost(leaving)) to?.focus({ preventScroll: true });
}

/** Reports whether no element has the focus, or one that is closing. */
function isLost(leaving?: HTMLElement | null): boolean {
  const now = document.activeElement;
  return !now || now === document.body || leaving?.contains(now) === true;
}

function isTyping(element: Element | null): boolean {
  return element instanceof HTMLInputElement && (element.type === "text" || element.type === "search");
}

/**
 * Handles Escape anywhere in the page, unless the focus is in the panels.
 * @param act must be the same function at every rendering
 */
export function useEscape(act: () => void): void {
  // A layout effect, because an Escape pressed as the dialog appears is meant for it.
  useLayoutEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || event.defaultPrevented) return;
      const target = event.target as Element;
      if (target !== document.body && !target.closest(".phone")) return;
      event.preventDefault();
      act();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [act]);
}

/** Keeps Tab within the dialog. */
export function trapTab(event: KeyboardEvent, dialog: HTMLElement | null): void {
  if (event.key !== "Tab" || !dialog) return;
  const stops = [...dialog.querySelectorAll<HTMLElement>(REACHABLE)].filter((el) => el.offsetParent !== null);
  const first = stops[0];
  const last = stops[stops.length - 1];
  const now = document.activeElement;
  if (!first || !last) return event.preventDefault();
  if (event.shiftKey && (now === first || now === dialog)) {
    event.preventDefault();
    last.focus();
  } else if (!event.shiftKey && now === last) {
    event.preventDefault();
    first.focus();
  }
}
