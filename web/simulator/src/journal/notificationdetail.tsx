import { control } from "../control/api";
import { useLoaded } from "../panel/loaded";
import { Problem, Waiting } from "../panel/states";
import { Tries } from "../panel/tries";
import type { NotificationEntry } from "./entry";

/** The current state of a notification with all its tries. */
export function NotificationDetailView({ entry }: { entry: NotificationEntry }) {
  const { notification_id: id } = entry.detail;
  const { value, problem, again } = useLoaded(() => control.notifications(entry.payment));
  const one = value?.notifications.find((n) => n.id === id);
  if (problem) return <Problem text={problem} again={again} />;
  return one ? <Tries one={one} /> : value ? null : <Waiting />;
}
