import { useLayoutEffect, useRef } from "preact/hooks";
import { useStore } from "@selasar/ui/store";
import { state } from "../control/live";
import { allowOf } from "./pageside";
import { begin } from "./session";

const SANDBOX = "allow-scripts allow-same-origin allow-forms allow-popups allow-modals allow-downloads";

/** The page cannot take the focus from a sheet, where the browser knows this policy. The keys of a PIN are not the page's. */
const ALLOW = "focus-without-user-activation 'none'";

interface Props {
  number: number;
  name: string;
  /** True while a sheet or a picture covers the page: the frame is inert, so it gets no press or key and cannot take the focus. */
  covered: boolean;
}

/** The mini app's page, on its own origin. The element exists exactly as long as the launch. */
export function Frame({ number, name, covered }: Props) {
  const frame = useRef<HTMLIFrameElement>(null);
  const allow = useStore(state, (s) => allowOf(s?.consents));
  useLayoutEffect(() => begin(frame.current!, number), [number]);
  return <iframe ref={frame} class="mini-app" title={name} sandbox={SANDBOX} allow={`${ALLOW}; ${allow}`} inert={covered} />;
}
