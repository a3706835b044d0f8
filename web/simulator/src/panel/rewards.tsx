import { control } from "../control/api";
import type { User } from "../control/shapes";
import { grouped, parseRupiah } from "@selasar/ui/format/money";
import { TextField } from "@selasar/ui/parts/field";
import { usePanelText } from "../text/say";

/** A user's coins and gems. Mini apps' backends give them; here they can be set. */
export function Rewards({ user }: { user: User }) {
  const say = usePanelText();
  const save = (unit: "coins" | "gems") => async (text: string) => {
    const amount = parseRupiah(text);
    if (amount === null) throw new Error(say("badCount"));
    await control.changeUser(user.id, { [unit]: amount });
  };
  return (
    <>
      <TextField label={say("coins")} mono numeric value={grouped(user.coins)} save={save("coins")} />
      <TextField label={say("gems")} mono numeric value={grouped(user.gems)} save={save("gems")} />
    </>
  );
}
