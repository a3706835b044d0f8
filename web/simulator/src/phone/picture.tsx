import type { ComponentChildren } from "preact";
import { Sign, type SignName } from "@selasar/ui/parts/sign";

interface Props {
  sign: SignName;
  title: string;
  /** Red for an error, amber for a missing condition; the sign and the text say the same. */
  tone?: "calm" | "amber" | "red";
  children?: ComponentChildren;
  actions?: ComponentChildren;
}

/** A whole screen with one message: refused, ended, unreachable, offline. */
export function Picture({ sign, title, tone = "calm", children, actions }: Props) {
  return (
    <div class="picture" role="group" aria-label={title}>
      <div class="picture-sign" data-tone={tone}>
        <Sign name={sign} size={24} />
      </div>
      <h2>{title}</h2>
      <div class="picture-text" role="status">
        {children}
      </div>
      {actions ? <div class="picture-actions">{actions}</div> : null}
    </div>
  );
}
