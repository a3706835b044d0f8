import { Mistake } from "@selasar/ui/parts/mistake";
import { useState } from "preact/hooks";
import { control } from "../control/api";
import { parseRupiah } from "@selasar/ui/format/money";
import { CopyButton } from "@selasar/ui/parts/copy";
import { usePanelText } from "../text/say";

/** Creates a payment without a merchant's backend; its deeplink works in `triggerPayment`. */
export function MakePayment({ made }: { made: () => void }) {
  const say = usePanelText();
  const [amount, setAmount] = useState("15.000");
  const [title, setTitle] = useState("");
  const [deeplink, setDeeplink] = useState("");
  const [problem, setProblem] = useState("");
  const submit = async (event: Event) => {
    event.preventDefault();
    const value = parseRupiah(amount);
    if (!value) return setProblem(say("badAmount"));
    try {
      const payment = await control.makePayment(title.trim() ? { amount: value, title: title.trim() } : { amount: value });
      setDeeplink(payment.deeplink);
      setProblem("");
      made();
    } catch (error) {
      setProblem((error as Error).message);
    }
  };
  return (
    <section class="section column">
      <h3>{say("makePayment")}</h3>
      <form class="make-payment" onSubmit={submit}>
        <label>
          {say("amount")}
          <span class="prefixed">
            <span aria-hidden="true">Rp</span>
            <input
              type="text"
              class="mono"
              inputMode="numeric"
              autocomplete="off"
              value={amount}
              onInput={(event) => setAmount(event.currentTarget.value)}
            />
          </span>
        </label>
        <label>
          {say("title")}
          <input
            type="text"
            autocomplete="off"
            placeholder={say("titleExample")}
            value={title}
            onInput={(event) => setTitle(event.currentTarget.value)}
          />
        </label>
        <button type="submit" class="button primary">
          {say("create")}
        </button>
      </form>
      <Mistake text={problem} />
      {deeplink ? (
        <div class="made" role="status">
          <code class="mono">{deeplink}</code>
          <CopyButton text={() => deeplink} label={say("copyDeeplink")} />
        </div>
      ) : (
        <p class="hint">{say("makePaymentHint")}</p>
      )}
    </section>
  );
}
