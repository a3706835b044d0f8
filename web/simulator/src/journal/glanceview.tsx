import { changeDevice } from "../control/act";
import { log, logVersion, state } from "../control/live";
import { Sign } from "@selasar/ui/parts/sign";
import { useStore } from "@selasar/ui/store";
import { usePanelLanguage, usePanelText } from "../text/say";
import { glanceOf, type Glance, type Tally } from "./glance";
import { OUTCOMES } from "./outcome";
import { Part } from "./part";
import { share } from "./splitter";
import { choose, detailOpen, showPayment } from "./view";
import { titleOf } from "./words";

function useGlance(): Glance {
  useStore(logVersion, (v) => v);
  return glanceOf(log.rows);
}

/** Takes the place of the detail on a wide screen while no row is chosen: the newest launch, and what to press next. */
export function GlanceView() {
  const say = usePanelText();
  const language = usePanelLanguage();
  const width = useStore(share, (s) => s);
  const glance = useGlance();
  const { launch, state: now, calls, requests, unproved } = glance;
  return (
    <section class="glance" aria-label={say("glance")} style={{ flexBasis: `${width}%` }}>
      {launch && now ? (
        <>
          <HintLine glance={glance} />
          <div class="glance-head">
            <h3>{titleOf(launch, language)}</h3>
            <span class={"with-sign " + OUTCOMES[now.outcome].tone}>
              <Sign name={OUTCOMES[now.outcome].sign} size={12} />
              {now !== launch ? titleOf(now, language) : say(now.outcome === "open" ? "waitingForPerson" : "outcome_open")}
            </span>
          </div>
          <Tallies title={say("glanceCalls")} none={say("glanceNoCalls")} list={calls} />
          <Tallies title={say("glanceRequests")} none={say("glanceNoRequests")} list={requests} />
          {unproved.length > 0 ? (
            <Part title={say("glanceUnproved")}>
              <p class="faint">{say("glanceUnprovedHelp")}</p>
              {unproved.map(({ key, entry }) => (
                <button key={key} type="button" class="text-button mono" onClick={() => showPayment(entry.payment!)}>
                  {entry.payment}
                </button>
              ))}
            </Part>
          ) : null}
        </>
      ) : null}
    </section>
  );
}

function Tallies({ title, none, list }: { title: string; none: string; list: readonly Tally[] }) {
  const say = usePanelText();
  const counts = [
    ["good", "ok"],
    ["bad", "failed"],
    ["open", "open"],
  ] as const;
  return (
    <Part title={title}>
      {list.length === 0 ? <p class="faint">{none}</p> : null}
      <ul class="tallies">
        {list.map((one) => (
          <li key={one.name}>
            <button
              type="button"
              class="tally"
              onClick={() => {
                choose(one.row);
                detailOpen.set(true);
              }}
            >
              <span class="mono">{one.name}</span>
              {counts.map(([count, outcome]) =>
                one[count] === 0 ? null : (
                  <span key={count} class={"with-sign figure " + OUTCOMES[outcome].tone}>
                    <Sign name={OUTCOMES[outcome].sign} size={12} />
                    <span class="unseen">{say(OUTCOMES[outcome].word)}</span>
                    {one[count]}
                  </span>
                ),
              )}
            </button>
          </li>
        ))}
      </ul>
    </Part>
  );
}

/** One line that says what to press, or what to try after the first order. Nothing while a launch has no order yet. */
export function Hint() {
  return <HintLine glance={useGlance()} />;
}

function HintLine({ glance: { launch, state: now, paid } }: { glance: Glance }) {
  const say = usePanelText();
  const app = useStore(state, (s) => s?.apps[0]?.name ?? "");
  const usual = useStore(state, (s) => s?.device.online === true && s.faults.length === 0);
  if (!app) return null;
  if (!launch) return <p class="hint-line">{say("hintOpen", { app })}</p>;
  if (launch === now && launch.outcome === "open") return <p class="hint-line">{say("hintAnswer")}</p>;
  if (!paid) return <p class="hint-line">{say("hintOrder")}</p>;
  if (!usual) return null;
  return (
    <p class="hint-line">
      {say("hintTry")}{" "}
      <button type="button" class="text-button" onClick={() => void changeDevice({ online: false })}>
        {say("hintOffline")}
      </button>
    </p>
  );
}
