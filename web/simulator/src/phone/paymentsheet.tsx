import type { PaymentAnswer, PaymentAsk } from "@selasar/miniapp-host";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { control } from "../control/api";
import { state } from "../control/live";
import { formatMoney, rupiah, wholeRupiah } from "@selasar/ui/format/money";
import { phoneTime } from "@selasar/ui/format/time";
import { Sign } from "@selasar/ui/parts/sign";
import { useStore } from "@selasar/ui/store";
import { usePhoneText } from "../text/say";
import { takeLostFocus } from "@selasar/ui/parts/focus";
import { approve } from "./moment";
import { PinPad } from "./pinpad";
import { SheetFrame } from "./sheetframe";
import type { Sheet } from "./sheet";

/** The payment sheet: pays, or ends in each of the documented ways. */
export function PaymentSheet({ shown, ask }: { shown: Sheet; ask: PaymentAsk }) {
  const say = usePhoneText();
  const [entering, setEntering] = useState(false);
  const pay = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (ask.problem) setEntering(false);
  }, [ask]);
  // When the PIN pad closes, the focus returns to the button that opened it.
  const entered = useRef(false);
  useLayoutEffect(() => {
    if (entered.current && !entering) pay.current?.focus({ preventScroll: true });
    entered.current = entering;
  }, [entering]);
  const settle = (answer: PaymentAnswer["answer"]) => shown.answer({ answer });
  const succeed = () => {
    approve(ask.payment.reference_no, formatMoney(ask.payment.amount));
    settle("success");
  };
  return (
    <SheetFrame shown={shown} app={ask.app} name={say("payTitle", { app: ask.app.name })} heading={<Amount ask={ask} />}>
      {(armed) =>
        entering ? (
          <PinPad busy={shown.sent} complete={succeed} back={() => setEntering(false)} />
        ) : (
          <>
            <Wallet ask={ask} armed={armed} toppedUp={() => takeLostFocus(pay.current)} />
            <div class="sheet-actions">
              <button ref={pay} type="button" class="button big primary" aria-disabled={!armed} onClick={() => setEntering(true)}>
                {say("pay")}
                <span class="pay-amount figure" aria-hidden="true">
                  {formatMoney(ask.payment.amount)}
                </span>
              </button>
              <div class="sheet-trio">
                <button type="button" class="button big" aria-disabled={!armed} onClick={() => settle("pending")}>
                  {say("later")}
                </button>
                <button type="button" class="button big" aria-disabled={!armed} onClick={() => settle("cancelled")}>
                  {say("cancel")}
                </button>
                <button
                  type="button"
                  class="button big made-up"
                  aria-disabled={!armed}
                  title={say("failHelp")}
                  onClick={() => settle("failed")}
                >
                  {say("fail")}
                </button>
              </div>
            </div>
          </>
        )
      }
    </SheetFrame>
  );
}

function Amount({ ask }: { ask: PaymentAsk }) {
  const say = usePhoneText();
  return (
    <div class="amount">
      <span>{ask.payment.title}</span>
      <strong class="figure">{formatMoney(ask.payment.amount)}</strong>
      <span class="mono faint">{ask.payment.reference_no}</span>
      <span class="faint">{say("payBefore", { time: phoneTime(ask.payment.expires_at) })}</span>
    </div>
  );
}

/** Shows the current balance, which may have changed since the ask, the missing amount, and why the payment was not made. */
function Wallet({ ask, armed, toppedUp }: { ask: PaymentAsk; armed: boolean; toppedUp: () => void }) {
  const say = usePhoneText();
  const user = useStore(state, (s) => s?.users.find((u) => u.id === s.current_user));
  const [problem, setProblem] = useState("");
  const balance = wholeRupiah(user?.balance ?? ask.wallet?.balance ?? ask.payment.amount);
  const missing = wholeRupiah(ask.payment.amount) - balance;
  const short = ask.problem?.code === "insufficient_funds";
  const topUp = () =>
    user && control.changeUser(user.id, { balance: balance + missing }).catch((error: Error) => setProblem(error.message));
  // The button disappears when the balance suffices. The focus moves on only if it was on the button.
  const lacked = useRef(missing > 0);
  useLayoutEffect(() => {
    if (lacked.current && missing <= 0) toppedUp();
    lacked.current = missing > 0;
  }, [missing > 0]);
  return (
    <div class="pay-wallet" data-short={missing > 0} data-refused={short && missing > 0}>
      <Sign name={missing > 0 ? "warn" : "wallet"} size={20} />
      <span class="pay-wallet-text">
        <span>
          {say("balanceOf")} <strong class="figure">{rupiah(balance)}</strong>
        </span>
        {missing > 0 ? <span role="alert">{say(short ? "notPaidShort" : "shortBy", { amount: rupiah(missing) })}</span> : null}
        {ask.problem && !short && ask.problem.code !== "offline" ? (
          <span role="alert">{say("notPaid", { why: ask.problem.message })}</span>
        ) : null}
        {problem ? <span role="alert">{problem}</span> : null}
      </span>
      {missing > 0 ? (
        <button type="button" class="button small" aria-disabled={!armed} onClick={topUp}>
          {say("topUp")}
        </button>
      ) : null}
    </div>
  );
}
