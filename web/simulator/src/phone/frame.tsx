import { useLayoutEffect, useRef } from "preact/hooks";
import { takeLostFocus } from "@selasar/ui/parts/focus";
import { useStore } from "@selasar/ui/store";
import { state } from "../control/live";
import { beginPage } from "./frames";
import { allowOf, coverPage } from "./pageside";
import { begin } from "./session";
import type { Pushed } from "./stack";

const SANDBOX = "allow-scripts allow-same-origin allow-forms allow-popups allow-modals allow-downloads";

interface Props {
  /** The number of the launch. */
  number: number;
  name: string;
  /** A pushed page; absent for the launch's first page. */
  page?: Pushed;
  /** True while another page is above this one: the page is hidden, and stays alive. */
  below: boolean;
  /** True while a sheet or a picture covers the page: the frame is inert, so it gets no press; `coverPage` says more. */
  covered: boolean;
}

/** A page of the mini app, on the mini app's own origin. The first page's element exists exactly as long as the launch. */
export function Frame({ number, name, page, below, covered }: Props) {
  const frame = useRef<HTMLIFrameElement>(null);
  const allow = useStore(state, (s) => allowOf(s?.consents));
  const away = covered || below;
  useLayoutEffect(() => (page ? beginPage(frame.current!, number, page) : begin(frame.current!, number)), [number]);
  useLayoutEffect(() => coverPage(frame.current!, away), [away]);
  useLayoutEffect(() => {
    if (page) takeLostFocus(frame.current);
  }, []);
  return <iframe ref={frame} class="mini-app" title={name} sandbox={SANDBOX} allow={allow} inert={away} data-below={below} />;
}
