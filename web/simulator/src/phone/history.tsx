import { useLayoutEffect, useRef } from "preact/hooks";
import { control } from "../control/api";
import type { Movement, Wallet } from "../control/shapes";
import { formatMoney, grouped, moved } from "@selasar/ui/format/money";
import { dateTime } from "@selasar/ui/format/time";
import { useLoaded } from "../panel/loaded";
import { Sign } from "@selasar/ui/parts/sign";
import { useStore } from "@selasar/ui/store";
import { usePhoneLanguage, usePhoneText, type Say } from "../text/say";
import { useEscape } from "@selasar/ui/parts/focus";
import { pathOf } from "./inbox";
import { shade } from "./over";
import { goHome, launch } from "./session";

/** The wallet's history, a screen above the home: the balances, and every movement with a link to its order. */
export function History() {
  const say = usePhoneText();
  const { value } = useLoaded(control.wallet);
  const pulled = useStore(shade, (s) => s);
  const back = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => back.current?.focus({ preventScroll: true }), []);
  useEscape(goHome);
  return (
    <section class="history" aria-label={say("history")} inert={pulled}>
      <header class="title-bar">
        <button ref={back} type="button" class="icon-button" aria-label={say("toHome")} onClick={goHome}>
          <Sign name="back" size={20} />
        </button>
        <strong>{say("history")}</strong>
      </header>
      <div class="history-body" aria-busy={!value}>
        <Held wallet={value} />
        {value?.entries.length === 0 ? <p class="faint">{say("noMovements")}</p> : null}
        <ul>
          {value?.entries.map((entry) => (
            <Line key={entry.id} entry={entry} />
          ))}
        </ul>
      </div>
    </section>
  );
}

function Held({ wallet }: { wallet: Wallet | null }) {
  const say = usePhoneText();
  const held = [
    [say("balance"), formatMoney(wallet?.balance)],
    [say("coins"), grouped(wallet?.coins ?? 0)],
    [say("gems"), grouped(wallet?.gems ?? 0)],
  ] as const;
  return (
    <dl class="held">
      {held.map(([name, amount]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd class="figure">{wallet ? amount : "…"}</dd>
        </div>
      ))}
    </dl>
  );
}

function Line({ entry }: { entry: Movement }) {
  const say = usePhoneText();
  const language = usePhoneLanguage();
  const order = entry.order_history_url;
  const what = movementTitle(entry, say);
  return (
    <li class="movement">
      <span class="movement-what">
        <strong>{what}</strong>
        <span class="faint">{[entry.app_name, dateTime(entry.at, language)].filter(Boolean).join(" · ")}</span>
      </span>
      <Moved entry={entry} />
      {order ? (
        <button type="button" class="text-button" aria-label={say("orderOf", { what })} onClick={() => launch(false, pathOf(order))}>
          {say("seeOrder")}
          <Sign name="right" size={12} />
        </button>
      ) : null}
    </li>
  );
}

/** Returns a movement's title, which a refund shares with its payment. A movement without a mini app was made in the panels. */
export function movementTitle({ app_name, cause, title }: Movement, say: Say): string {
  if (!app_name) return say("balanceSet");
  return cause && cause !== "paid" && cause !== "reward" ? say("refundOf", { what: title }) : title;
}

/** The amount of a movement, with its sign and unit. */
export function Moved({ entry: { amount, unit } }: { entry: Movement }) {
  const say = usePhoneText();
  return (
    <span class={"movement-amount figure" + (amount > 0 ? " good" : "")}>
      {moved(amount, unit)}
      {unit === "IDR" ? null : " " + say(unit === "COINS" ? "coinsUnit" : "gemsUnit")}
    </span>
  );
}
