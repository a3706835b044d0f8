import { useEffect } from "preact/hooks";
import { createStore, useStore } from "@selasar/ui/store";
import { Sign } from "@selasar/ui/parts/sign";
import { log, logVersion } from "../control/live";
import { usePhoneText } from "../text/say";

/** A payment that the person approved in the sheet, until the platform has booked it. */
interface Approved {
  reference: string;
  amount: string;
}

const approved = createStore<Approved | null>(null);
const paid = createStore<Approved | null>(null);

/** How long the moment stays, in milliseconds. It covers nothing that can be pressed. */
const MOMENT_MS = 1_200;
/** The newest rows among which the booking is looked for. */
const NEWEST = 40;

/** Remembers an approved payment: the moment comes when the journal says that it is paid, and not before. */
export function approve(reference: string, amount: string): void {
  if (!matchMedia("(prefers-reduced-motion: reduce)").matches) approved.set({ reference, amount });
}

logVersion.subscribe(() => {
  const waiting = approved.get();
  if (!waiting) return;
  const booked = log.rows.slice(-NEWEST).some(({ entry }) => entry.payment === waiting.reference && entry.event === "payment.paid");
  if (!booked) return;
  approved.set(null);
  paid.set(waiting);
});

/** The moment of a payment's success: a sign and the amount over the phone, which fade by themselves. */
export function Moment() {
  const say = usePhoneText();
  const now = useStore(paid, (p) => p);
  useEffect(() => {
    if (!now) return;
    const timer = setTimeout(() => paid.set(null), MOMENT_MS);
    return () => clearTimeout(timer);
  }, [now]);
  if (!now) return null;
  return (
    <div class="moment" role="status">
      <span class="moment-sign">
        <Sign name="check" size={32} />
      </span>
      <strong class="figure">{now.amount}</strong>
      <span>{say("paidMoment")}</span>
    </div>
  );
}
