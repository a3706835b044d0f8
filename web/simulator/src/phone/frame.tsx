import { useLayoutEffect, useRef } from "preact/hooks";
import { useStore } from "@selasar/ui/store";
import { state } from "../control/live";
import { allowOf, coverPage } from "./pageside";
import { begin } from "./session";

const SANDBOX = "allow-scripts allow-same-origin allow-forms allow-popups allow-modals allow-downloads";

interface Props {
  number: number;
  name: string;
  /** True while a sheet or a picture covers the page: the frame is inert, so it gets no press; `coverPage` says more. */
  covered: boolean;
}

/** The mini app's page, on its own origin. The element exists exactly as long as the launch. */
export function Frame({ number, name, covered }: Props) {
  const frame = useRef<HTMLIFrameElement>(null);
  const allow = useStore(state, (s) => allowOf(s?.consents));
  useLayoutEffect(() => begin(frame.current!, number), [number]);
  useLayoutEffect(() => coverPage(frame.current!, covered), [covered]);
  return <iframe ref={frame} class="mini-app" title={name} sandbox={SANDBOX} allow={allow} inert={covered} />;
}
