import { duration, clockTime } from "../format/time";
import { CopyButton } from "../parts/copy";
import { Json } from "../parts/json";
import { Sign } from "../parts/sign";
import { useStore } from "../store";
import { usePanelText } from "../text/say";
import { CallDetailView } from "./calldetail";
import { CodeBox } from "./codebox";
import { asCurl, asJson } from "./copyas";
import type { Entry } from "./entry";
import type { Row } from "./log";
import { NotificationDetailView } from "./notificationdetail";
import { OrderView } from "./orderview";
import { OUTCOMES } from "./outcome";
import { Part } from "./part";
import { RequestDetailView } from "./requestdetail";
import { share } from "./splitter";
import { detailOpen, filterBy, orderOpen } from "./view";

/** One row, whole: read from the top to what to do next. */
export function Detail({ row }: { row: Row }) {
  const say = usePanelText();
  const height = useStore(share, (s) => s);
  const order = useStore(orderOpen, (o) => o);
  const { entry } = row;
  const { sign, tone, word } = OUTCOMES[entry.outcome];
  const close = () => {
    detailOpen.set(false);
    document.getElementById("journal-rows")?.focus();
  };
  const curl = asCurl(entry);
  return (
    <section class="detail" aria-label={say("detailOf", { what: entry.title })} style={{ flexBasis: `${height}%` }}>
      <header class="detail-head">
        <span class={"with-sign " + tone}><Sign name={sign} />{say(word)}</span>
        <h3 class={entry.kind === "call" || entry.kind === "request" ? "mono" : ""}>{entry.title}</h3>
        <span class="faint figure">{clockTime(entry.at)}{entry.duration_us === undefined ? "" : ` · ${duration(entry.duration_us)}`}</span>
        <span class="spring" />
        {entry.payment ? <button type="button" class="button small" aria-pressed={order} onClick={() => orderOpen.set(!order)}>{say("order")}</button> : null}
        <CopyButton text={() => asJson(entry)} label={say("copyJson")} />
        {curl ? <CopyButton text={() => curl} label={say("copyCurl")} /> : null}
        <button type="button" class="icon-button" aria-label={say("closeDetail")} onClick={close}><Sign name="close" /></button>
      </header>
      <div class="detail-body">
        {order && entry.payment ? <OrderView payment={entry.payment} now={row.key} /> : <Whole entry={entry} />}
      </div>
    </section>
  );
}

function Whole({ entry }: { entry: Entry }) {
  return <><CodeBox entry={entry} /><Body entry={entry} /><Joined entry={entry} /></>;
}

function Body({ entry }: { entry: Entry }) {
  const say = usePanelText();
  switch (entry.kind) {
    case "call":
      return <CallDetailView entry={entry} />;
    case "request":
      return <RequestDetailView entry={entry} />;
    case "notification":
      return <NotificationDetailView entry={entry} />;
    default:
      return entry.detail === undefined ? null : <Part title={say("details")}><Json value={entry.detail} /></Part>;
  }
}

/** The ids it belongs to; each shows everything else that belongs there. */
function Joined({ entry }: { entry: Entry }) {
  const say = usePanelText();
  const ids = ([["launch", entry.launch_id], ["call", entry.call_id], ["payment", entry.payment]] as const).filter(([, id]) => id);
  return (
    <dl class="facts joined">
      {ids.map(([name, id]) => (
        <div key={name}>
          <dt>{say(`join_${name}`)}</dt>
          <dd><button type="button" class="text-button mono" title={say("showJoined")} onClick={() => filterBy(`${name}:${id}`)}>{id}</button></dd>
        </div>
      ))}
      {entry.user_id ? <div><dt>{say("user")}</dt><dd class="mono">{entry.user_id}</dd></div> : null}
      <div><dt>{say("number")}</dt><dd class="mono">{entry.seq}</dd></div>
    </dl>
  );
}
