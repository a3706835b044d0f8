import { chooseUser } from "../control/act";
import { state } from "../control/live";
import { formatMoney } from "@selasar/ui/format/money";
import { Menu } from "@selasar/ui/parts/menu";
import { Sign } from "@selasar/ui/parts/sign";
import { openPanel } from "../panel/tabs";
import { useStore } from "@selasar/ui/store";
import { usePanelText } from "../text/say";

/** The active user. */
export function UserMenu() {
  const say = usePanelText();
  const users = useStore(state, (s) => s?.users);
  const current = useStore(state, (s) => s?.current_user);
  const user = users?.find((u) => u.id === current);
  return (
    <Menu
      label={
        <>
          <span class="bar-key">{say("user")}</span> {user?.name ?? "·"}
        </>
      }
      name={say("userMenu", { user: user?.name ?? "" })}
    >
      {(close) => (
        <>
          {users?.map((u) => (
            <button
              key={u.id}
              type="button"
              class="menu-item"
              aria-pressed={u.id === current}
              onClick={() => {
                close();
                void chooseUser(u.id);
              }}
            >
              <span class="menu-check">{u.id === current ? <Sign name="check" /> : null}</span>
              <span>{u.name}</span>
              <span class="figure faint">{formatMoney(u.balance)}</span>
            </button>
          ))}
          <button
            type="button"
            class="menu-item apart"
            onClick={() => {
              close();
              openPanel("users");
            }}
          >
            <span class="menu-check" />
            {say("editUsers")}
          </button>
        </>
      )}
    </Menu>
  );
}
