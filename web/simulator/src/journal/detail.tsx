import { useLayoutEffect, useRef } from "preact/hooks";
import { duration, clockTime } from "@selasar/ui/format/time";
import { CopyButton } from "@selasar/ui/parts/copy";
import { Json } from "@selasar/ui/parts/json";
import { Sign } from "@selasar/ui/parts/sign";
import { useStore } from "@selasar/ui/store";
import { usePanelLanguage, usePanelText } from "../text/say";
import { CallDetailView } from "./calldetail";
import { CodeBox } from "./codebox";
import { asCurl, asJson } from "./copyas";
import { groupOf, type Entry } from "./entry";
import type { Row } from "./log";
import { NotificationDetailView } from "./notificationdetail";
import { OrderView } from "./orderview";
import { OUTCOMES } from "./outcome";
import { Part } from "./part";
import { RequestDetailView } from "./requestdetail";
import { share } from "./splitter";
import { closeDetail, filterBy, orderOpen } from "./view";
import { titleOf } from "./words";

/** The whole detail of one row, from what happened to the next step. */
export function Detail({ row }: { row: Row }) {
  const say = usePanelText();
  const language = usePanelLanguage();
  const height = useStore(share, (s) => s);
  const order = useStore(orderOpen, (o) => o);
  const { entry } = row;
  const { sign, tone, word } = OUTCOMES[entry.outcome];
  const named = entry.kind === "call" || entry.kind === "request";
  const title = named ? entry.title : `${say(`kind_${entry.kind}`)} ${titleOf(entry, language)}`;
  const box = useRef<HTMLElement>(null);
  // When the page scrolls, the pressed row may be near its lower edge.
  useLayoutEffect(() => box.current?.scrollIntoView({ block: "nearest" }), []);
  const keys = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    event.preventDefault();
    closeDetail();
  };
  const curl = asCurl(entry);
  return (
    <section ref={box} class="detail" aria-label={say("detailOf", { what: title })} style={{ flexBasis: `${height}%` }} onKeyDown={keys}>
      <header class="detail-head">
        <span class={"with-sign " + tone}>
          <Sign name={sign} />
          {say(word)}
        </span>
        <h3 class={named ? "mono" : ""}>{title}</h3>
        <span class="faint figure">
          {clockTime(entry.at)}
          {entry.duration_us === undefined ? "" : ` · ${duration(entry.duration_us, say)}`}
        </span>
        <span class="spring" />
        {entry.payment ? (
          <button type="button" class="button small" aria-pressed={order} onClick={() => orderOpen.set(!order)}>
            {say("order")}
          </button>
        ) : null}
        <CopyButton text={() => asJson(entry)} label={say("copyJson")} />
        {curl ? <CopyButton text={() => curl} label={say("copyCurl")} /> : null}
        <button type="button" class="icon-button" aria-label={say("closeDetail")} onClick={closeDetail}>
          <Sign name="close" />
        </button>
      </header>
      <div class="detail-body">
        {order && entry.payment ? <OrderView payment={entry.payment} now={row.key} /> : <Whole entry={entry} />}
      </div>
    </section>
  );
}

function Whole({ entry }: { entry: Entry }) {
  return (
    <>
      <CodeBox entry={entry} />
      <Body entry={entry} />
      <Joined entry={entry} />
    </>
  );
}

function Body({ entry }: { entry: Entry }) {
  const say = usePanelText();
  const group = groupOf(entry);
  switch (group.of) {
    case "call":
      return <CallDetailView entry={group.entry} />;
    case "request":
      return <RequestDetailView entry={group.entry} />;
    case "notification":
      return <NotificationDetailView entry={group.entry} />;
    default:
      return entry.detail === undefined ? null : (
        <Part title={say("details")}>
          <Json value={entry.detail} />
        </Part>
      );
  }
}

/** The ids of the row. A press on an id filters the journal by it. */
function Joined({ entry }: { entry: Entry }) {
  const say = usePanelText();
  const ids = (
    [
      ["launch", entry.launch_id],
      ["call", entry.call_id],
      ["payment", entry.payment],
    ] as const
  ).filter(([, id]) => id);
  return (
    <dl class="facts joined">
      {ids.map(([name, id]) => (
        <div key={name}>
          <dt>{say(`join_${name}`)}</dt>
          <dd>
            <button type="button" class="text-button mono" title={say("showJoined")} onClick={() => filterBy(`${name}:${id}`)}>
              {id}
            </button>
          </dd>
        </div>
      ))}
      {entry.user_id ? (
        <div>
          <dt>{say("join_user")}</dt>
          <dd class="mono">{entry.user_id}</dd>
        </div>
      ) : null}
      <div>
        <dt>{say("number")}</dt>
        <dd class="mono">{entry.seq}</dd>
      </div>
    </dl>
  );
}
