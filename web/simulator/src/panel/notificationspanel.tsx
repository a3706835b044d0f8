import { useState } from "preact/hooks";
import { control } from "../control/api";
import type { Notification, Payment } from "../control/shapes";
import { formatMoney } from "@selasar/ui/format/money";
import { clockTime, dateTime } from "@selasar/ui/format/time";
import { showPayment } from "../journal/view";
import { Sign, type SignName } from "@selasar/ui/parts/sign";
import { settings } from "@selasar/ui/settings";
import { useStore } from "@selasar/ui/store";
import { usePanelText } from "../text/say";
import { useLoaded } from "./loaded";
import { Empty, Problem, Waiting } from "./states";
import { panel } from "./tabs";
import { Tries } from "./tries";

const load = () => Promise.all([control.notifications(), control.payments()]);

/** The notifications to the mini app's backend by order, the newest order first. */
export function NotificationsPanel() {
  const say = usePanelText();
  const { value, problem, again } = useLoaded(load);
  const [open, setOpen] = useState("");
  if (problem) return <Problem text={problem} again={again} />;
  if (!value) return <Waiting />;
  const [{ notifications }, { payments }] = value;
  if (notifications.length === 0) return <Empty title={say("noNotifications")} text={say("noNotificationsHelp")} />;
  return (
    <div class="stack">
      {orders(notifications).map(([ref, list]) => (
        <section key={ref} class="section">
          <OrderHead reference={ref} payment={payments.find((p) => p.reference_no === ref)} />
          <ul class="notes">
            {list.map((one) => (
              <Note key={one.id} one={one} open={one.id === open} toggle={() => setOpen(one.id === open ? "" : one.id)} again={again} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

/** Groups notifications by order: the order with the newest one first, and within an order by creation. */
function orders(list: Notification[]): [string, Notification[]][] {
  const groups = new Map<string, Notification[]>();
  for (const one of [...list].sort((a, b) => b.created_at - a.created_at))
    groups.set(one.payment, [one, ...(groups.get(one.payment) ?? [])]);
  return [...groups].map(([ref, group]) => [ref, group.sort((a, b) => a.number - b.number)]);
}

function OrderHead({ reference, payment }: { reference: string; payment: Payment | undefined }) {
  const say = usePanelText();
  const show = () => {
    showPayment(reference);
    panel.set("journal");
  };
  return (
    <h3 class="order-head">
      <span>{payment ? `${payment.title} · ${formatMoney(payment.amount)}` : say("payment")}</span>
      <span class="mono faint">{reference}</span>
      <button type="button" class="text-button" aria-label={say("inJournalOf", { what: reference })} onClick={show}>
        {say("inJournal")}
      </button>
    </h3>
  );
}

const SIGNS: Record<Notification["state"], [SignName, string]> = {
  waiting: ["clock", "amber"],
  delivered: ["check", "good"],
  dead: ["cross", "bad"],
};

interface NoteProps {
  one: Notification;
  open: boolean;
  toggle: () => void;
  again: () => void;
}

function Note({ one, open, toggle, again }: NoteProps) {
  const say = usePanelText();
  const [sign, tone] = SIGNS[one.state];
  const word = say(`notification_${one.state}`);
  return (
    <li class="note" data-open={open}>
      <button type="button" class="note-line" aria-expanded={open} onClick={toggle}>
        <span class="unseen">{say("notificationOf", { n: one.number })}</span>
        <Sign name={open ? "down" : "right"} size={12} />
        <time class="mono faint">{clockTime(one.created_at)}</time>
        <span class="mono">
          {one.status} {statusName(one.status)}
        </span>
        <span class={tone + " with-sign"}>
          <Sign name={sign} />
          {word}
        </span>
        <span class="faint">{say("attempts", { n: one.attempts })}</span>
        <NextTry one={one} />
      </button>
      <Replay one={one} done={again} />
      {open ? <Tries one={one} /> : null}
    </li>
  );
}

/** Returns the documentation's name of a latestTransactionStatus. */
const NAMES: Record<string, string> = {
  "00": "SUCCESS",
  "03": "PENDING",
  "04": "REFUNDED",
  "05": "CANCELLED",
  "06": "FAILED",
  "08": "EXPIRED",
};

const statusName = (status: string) => NAMES[status] ?? "";

function NextTry({ one }: { one: Notification }) {
  const say = usePanelText();
  const language = useStore(settings, (s) => s.language);
  return one.state === "waiting" ? <span class="faint">{say("nextTry", { when: dateTime(one.next_at, language) })}</span> : null;
}

function Replay({ one, done }: { one: Notification; done: () => void }) {
  const say = usePanelText();
  const [problem, setProblem] = useState("");
  const replay = () =>
    control.replay(one.id).then(
      () => {
        setProblem("");
        done();
      },
      (error: Error) => setProblem(error.message),
    );
  return (
    <span class="note-acts">
      {problem ? (
        <span class="bad" role="alert">
          {problem}
        </span>
      ) : null}
      <button
        type="button"
        class="button small"
        aria-label={say("replayOf", { n: one.number, status: statusName(one.status) })}
        onClick={replay}
      >
        <Sign name="reload" size={12} />
        {say("replay")}
      </button>
    </span>
  );
}
