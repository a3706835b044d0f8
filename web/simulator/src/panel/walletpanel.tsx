import { control } from "../control/api";
import { state } from "../control/live";
import type { Payment, Refund, User } from "../control/shapes";
import { formatMoney, parseRupiah, rupiah, wholeRupiah } from "@selasar/ui/format/money";
import { clockTime } from "@selasar/ui/format/time";
import { CopyButton } from "@selasar/ui/parts/copy";
import { TextField } from "@selasar/ui/parts/field";
import { Sign, type SignName } from "@selasar/ui/parts/sign";
import { showPayment } from "../journal/view";
import { useStore } from "@selasar/ui/store";
import { usePanelText } from "../text/say";
import { useLoaded } from "./loaded";
import { MakePayment } from "./makepayment";
import { Rewards } from "./rewards";
import { Empty, Problem, Waiting } from "./states";
import { panel } from "./tabs";

/** The current user's balance, and all payments. */
export function WalletPanel() {
  const say = usePanelText();
  const user = useStore(state, (s) => s?.users.find((u) => u.id === s.current_user));
  const { value, problem, again } = useLoaded(control.payments);
  return (
    <div class="stack">
      <div class="columns">
        {user ? <Balance user={user} /> : null}
        <MakePayment made={again} />
      </div>
      <section class="section">
        <h3>{say("payments")}</h3>
        {problem ? (
          <Problem text={problem} again={again} />
        ) : !value ? (
          <Waiting />
        ) : value.payments.length === 0 ? (
          <Empty title={say("noPayments")} text={say("noPaymentsHelp")} />
        ) : (
          <Payments payments={value.payments} />
        )}
      </section>
    </div>
  );
}

function Balance({ user }: { user: User }) {
  const say = usePanelText();
  const set = (balance: number) => control.changeUser(user.id, { balance });
  const now = wholeRupiah(user.balance);
  return (
    <section class="section column">
      <h3>{say("balanceOfUser", { user: user.name })}</h3>
      <TextField
        label={say("balance")}
        mono
        numeric
        value={rupiah(now)}
        save={async (text) => {
          const amount = parseRupiah(text);
          if (amount === null) throw new Error(say("badAmount"));
          await set(amount);
        }}
      />
      <div class="chips" role="group" aria-label={say("balance")}>
        {[0, 10_000, 250_000, 1_000_000].map((amount) => (
          <button key={amount} type="button" class="chip" aria-pressed={now === amount} onClick={() => void set(amount)}>
            {rupiah(amount)}
          </button>
        ))}
      </div>
      <Rewards user={user} />
    </section>
  );
}

const SIGNS: Record<Payment["state"], [SignName, string]> = {
  created: ["dash", "faint"],
  pending: ["clock", "amber"],
  paid: ["check", "good"],
  cancelled: ["cross", "faint"],
  failed: ["cross", "bad"],
  expired: ["clock", "faint"],
};

/** The refunds of a payment, one line each. */
function Refunds({ refunds }: { refunds: Refund[] }) {
  const say = usePanelText();
  if (refunds.length === 0) return null;
  return (
    <ul class="refunds" aria-label={say("refunds")}>
      {refunds.map((r) => (
        <li key={r.refund_no}>
          <span class="amber with-sign">
            <Sign name="back" size={12} />
            {say("refunded", { amount: formatMoney(r.amount) })}
          </span>{" "}
          <span>{r.reason}</span>{" "}
          <span class="mono faint">
            {clockTime(r.at).slice(0, 8)} · {r.partner_refund_no}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Payments({ payments }: { payments: Payment[] }) {
  const say = usePanelText();
  const show = (reference: string) => {
    showPayment(reference);
    panel.set("journal");
  };
  return (
    <table class="table">
      <thead>
        <tr>
          <th>{say("payment")}</th>
          <th class="number">{say("amount")}</th>
          <th>{say("standing")}</th>
          <th>
            <span class="unseen">{say("actions")}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {[...payments]
          .sort((a, b) => b.created_at - a.created_at)
          .map((p) => {
            const [sign, tone] = SIGNS[p.state] ?? ["dash", "faint"];
            return (
              <tr key={p.reference_no}>
                <td class="wrap">
                  <div>
                    {p.title} <span class="faint">· {say(`via_${p.via}`)}</span>
                  </div>
                  <div class="mono faint">
                    {[clockTime(p.created_at).slice(0, 8), p.reference_no, p.partner_reference_no].filter(Boolean).join(" · ")}
                  </div>
                  <Refunds refunds={p.refunds} />
                </td>
                <td class="number figure">
                  {formatMoney(p.amount)}
                  {wholeRupiah(p.refunded) > 0 ? <div class="amber">−{formatMoney(p.refunded)}</div> : null}
                </td>
                <td>
                  <span class={tone + " with-sign"}>
                    <Sign name={sign} />
                    {say(`payment_${p.state}`)}
                  </span>
                </td>
                <td class="acts">
                  <button type="button" class="text-button" onClick={() => show(p.reference_no)}>
                    {say("inJournal")}
                  </button>
                  <CopyButton small text={() => p.deeplink ?? p.reference_no} label={say(p.deeplink ? "copyDeeplink" : "copyReference")} />
                </td>
              </tr>
            );
          })}
      </tbody>
    </table>
  );
}
