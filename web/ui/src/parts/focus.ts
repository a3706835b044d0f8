import type { RefObject } from "preact";
import { useLayoutEffect } from "preact/hooks";

const REACHABLE = 'button:not(:disabled), input:not(:disabled), select, textarea, a[href], [tabindex="0"]';

/** Moves focus into a dialog while it is there, and back to where it was when it goes. */
export function useFocusInside(dialog: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    const inside = dialog.current;
    // Typing in a panel is not interrupted: the sheet is one Tab away.
    if (!isTyping(before)) inside?.focus({ preventScroll: true });
    const release = inside ? holdFocus(inside) : undefined;
    return () => {
      release?.();
      if (!isLost(inside)) return;
      // The frame under the sheet stops being inert in the same rendering; it takes focus a moment later. Who went elsewhere meanwhile stays there.
      requestAnimationFrame(() => isLost(inside) && giveBack(before));
    };
  }, [dialog]);
}

/**
 * The page under a sheet may try to take the focus, and with it the keys; an inert frame does not keep it from that in every browser.
 * The focus comes straight back to where it was inside.
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

/** Takes the focus that went down with what it was in, or is in what is leaving; somebody who is elsewhere stays there. */
export function takeLostFocus(to: HTMLElement | null, leaving?: HTMLElement | null): void {
  if (isLost(leaving)) to?.focus({ preventScroll: true });
}

/** Whether the focus is nowhere, or in what is leaving. */
function isLost(leaving?: HTMLElement | null): boolean {
  const now = document.activeElement;
  return !now || now === document.body || leaving?.contains(now) === true;
}

function isTyping(element: Element | null): boolean {
  return element instanceof HTMLInputElement && (element.type === "text" || element.type === "search");
}

/**
 * Escape acts wherever the focus is, unless somebody is busy in the panels beside the phone.
 * @param act the same function at every rendering
 */
export function useEscape(act: () => void): void {
  // From the first frame on: an Escape pressed as it comes up is meant for it.
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
