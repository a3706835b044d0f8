import type { ComponentChildren } from "preact";
import { Sign, type SignName } from "@selasar/ui/parts/sign";

interface Props {
  sign: SignName;
  title: string;
  /** Red for what went wrong, amber for what is only missing; the sign and the words say the same. */
  tone?: "calm" | "amber" | "red";
  children?: ComponentChildren;
  actions?: ComponentChildren;
}

/** A whole screen that says one thing: refused, ended, unreachable, offline. */
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
