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

/**
 * The page under a sheet may try to take the focus, and with it the keys. An inert frame does not prevent that in every browser.
 * This moves the focus back to its previous element in the dialog.
 */
function holdFocus(inside: HTMLElement): () => void {
  let last: HTMLElement = inside;
  const remember = (event: FocusEvent) => {
    last = event.target as HTMLElement;
  };
  const blurred = () => {
    if (document.activeElement instanceof HTMLIFrameElement) (last.isConnected ? last : inside).focus({ preventScroll: true });
  };
  inside.addEventListener("focusin", remember);
  window.addEventListener("blur", blurred);
  return () => {
    inside.removeEventListener("focusin", remember);
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
