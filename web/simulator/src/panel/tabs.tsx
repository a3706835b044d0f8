import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { createStore, useStore } from "@selasar/ui/store";
import { usePanelText } from "../text/say";

const PANELS = ["journal", "device", "users", "consents", "wallet", "notifications", "credentials"] as const;
type PanelName = (typeof PANELS)[number];

export const panel = createStore<PanelName>("journal");
/** On a small screen the panels are behind a handle. */
export const drawer = createStore(false);

export function openPanel(name: PanelName): void {
  panel.set(name);
  drawer.set(true);
  focusDrawn("tab-" + name);
}

/** Focuses an element that the change renders. It renders in a microtask, so the focus is there before the next key event. */
export function focusDrawn(id: string): void {
  queueMicrotask(() => document.getElementById(id)?.focus());
}

interface Props {
  /** The controls at the far end of the line of tabs. */
  tools?: ComponentChildren;
}

export function Tabs({ tools }: Props) {
  const say = usePanelText();
  const chosen = useStore(panel, (p) => p);
  const list = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => showTab(list.current), [chosen]);
  const keys = (event: KeyboardEvent) => {
    const now = PANELS.indexOf(chosen);
    const to = { ArrowRight: now + 1, ArrowLeft: now - 1, Home: 0, End: PANELS.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = PANELS[(to + PANELS.length) % PANELS.length]!;
    panel.set(next);
    list.current?.querySelector<HTMLElement>("#tab-" + next)?.focus();
  };
  return (
    <div class="tabs">
      <div class="tab-list" role="tablist" aria-label={say("panels")} ref={list} onKeyDown={keys}>
        {PANELS.map((name) => (
          <button
            key={name}
            id={"tab-" + name}
            type="button"
            role="tab"
            data-text={say(`panel_${name}`)}
            aria-selected={name === chosen}
            aria-controls="panel"
            tabIndex={name === chosen ? 0 : -1}
            onClick={() => panel.set(name)}
          >
            {say(`panel_${name}`)}
          </button>
        ))}
      </div>
      <div class="tab-tools">{tools}</div>
    </div>
  );
}

/** Narrow tabs scroll; the chosen tab stays visible, and nothing else scrolls. */
function showTab(list: HTMLElement | null): void {
  const tab = list?.querySelector<HTMLElement>('[aria-selected="true"]');
  if (!list || !tab) return;
  const start = tab.offsetLeft - list.offsetLeft;
  list.scrollLeft = Math.min(Math.max(list.scrollLeft, start + tab.offsetWidth - list.clientWidth), start);
}
