import type { Message } from "../control/shapes";
import { Sign } from "@selasar/ui/parts/sign";
import { useStore } from "@selasar/ui/store";
import { usePhoneText } from "../text/say";
import { dismissMessage, inbox, openMessage, reminders } from "./inbox";
import { MessageIcon } from "./shade";

/** The reminder cards of mini apps (reminder-v2): the mini app's name, a line of text, the due date, one button. */
export function Reminders() {
  const say = usePhoneText();
  const list = reminders(useStore(inbox, (i) => i));
  if (list.length === 0) return null;
  return (
    <section class="reminders" aria-label={say("reminders")}>
      <h2>{say("reminders")}</h2>
      <ul>
        {list.map((reminder) => (
          <Card key={reminder.id} reminder={reminder} />
        ))}
      </ul>
    </section>
  );
}

function Card({ reminder }: { reminder: Message }) {
  const say = usePhoneText();
  const { due } = reminder;
  return (
    <li class="reminder">
      <MessageIcon message={reminder} size={32} />
      <div class="reminder-text">
        <strong>{reminder.app_name}</strong>
        <p>{reminder.text}</p>
        {due ? (
          <p class="reminder-due">
            <Sign name="clock" size={12} />
            {say("due", { when: due })}
          </p>
        ) : null}
      </div>
      <button
        type="button"
        class="icon-button"
        aria-label={say("deleteReminder", { what: reminder.text })}
        onClick={() => dismissMessage(reminder.id)}
      >
        <Sign name="close" />
      </button>
      <button type="button" class="button small primary reminder-act" onClick={() => openMessage(reminder)}>
        {reminder.cta || say("openLink")}
      </button>
    </li>
  );
}
