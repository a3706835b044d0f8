import { Mistake } from "@selasar/ui/parts/mistake";
import { useState } from "preact/hooks";
import { chooseUser } from "../control/act";
import { control } from "../control/api";
import { state } from "../control/live";
import type { User, UserChange } from "../control/shapes";
import { formatMoney, parseRupiah, rupiah, wholeRupiah } from "@selasar/ui/format/money";
import { TextField } from "@selasar/ui/parts/field";
import { useStore } from "@selasar/ui/store";
import { usePanelText } from "../text/say";
import { Rewards } from "./rewards";

/** The users, one of whom is active on the phone. */
export function UsersPanel() {
  const say = usePanelText();
  const first = useStore(state, (s) => s?.users);
  const next = useStore(state, (s) => s?.users_next);
  const [further, setFurther] = useState<{ users: User[]; next?: string | undefined }>({ users: [], next });
  const users = first && [...first, ...(next ? further.users : []).filter((u) => !first.some((one) => one.id === u.id))];
  const more = next && further.users.length ? further.next : next;
  const showMore = async (cursor: string) => {
    const page = await control.users(cursor);
    setFurther({ users: [...further.users, ...page.users], next: page.next });
  };
  const current = useStore(state, (s) => s?.current_user ?? "");
  const [chosen, setChosen] = useState("");
  const user = users?.find((u) => u.id === chosen) ?? users?.find((u) => u.id === current) ?? users?.[0];
  if (!users || !user) return null;
  return (
    <div class="columns">
      <section class="section column">
        <h3>{say("users")}</h3>
        <ul class="user-list">
          {users.map((u) => (
            <li key={u.id} data-chosen={u.id === user.id}>
              <button type="button" class="user-pick" aria-pressed={u.id === user.id} onClick={() => setChosen(u.id)}>
                <span>{u.name}</span>
                <span class="figure faint">{formatMoney(u.balance)}</span>
              </button>
              {u.id === current ? (
                <span class="badge">{say("holdsPhone")}</span>
              ) : (
                <button
                  type="button"
                  class="text-button"
                  aria-label={say("switchTo", { user: u.name })}
                  onClick={() => void chooseUser(u.id)}
                >
                  {say("switch")}
                </button>
              )}
            </li>
          ))}
        </ul>
        {more ? (
          <button type="button" class="text-button" onClick={() => void showMore(more)}>
            {say("moreUsers")}
          </button>
        ) : null}
        <NewUser made={(made) => setChosen(made.id)} />
      </section>
      <Profile key={user.id} user={user} />
    </div>
  );
}

function NewUser({ made }: { made: (user: User) => void }) {
  const say = usePanelText();
  const [name, setName] = useState("");
  const [problem, setProblem] = useState("");
  const submit = (event: Event) => {
    event.preventDefault();
    if (!name.trim()) return;
    control.createUser({ name: name.trim() }).then(
      (user) => {
        setName("");
        setProblem("");
        made(user);
      },
      (error: Error) => setProblem(error.message),
    );
  };
  return (
    <form class="new-user" onSubmit={submit}>
      <input
        type="text"
        aria-label={say("newUserName")}
        placeholder={say("newUserName")}
        value={name}
        autocomplete="off"
        onInput={(event) => setName(event.currentTarget.value)}
      />
      <button type="submit" class="button small" disabled={!name.trim()}>
        {say("addUser")}
      </button>
      <Mistake text={problem} />
    </form>
  );
}

function Profile({ user }: { user: User }) {
  const say = usePanelText();
  const set = (key: "name" | "username" | "phone_number" | "email") => (value: string) =>
    control.changeUser(user.id, { [key]: value.trim() } as UserChange);
  const setBalance = async (text: string) => {
    const balance = parseRupiah(text);
    if (balance === null) throw new Error(say("badAmount"));
    await control.changeUser(user.id, { balance });
  };
  return (
    <section class="section column">
      <h3>{user.name}</h3>
      <TextField label={say("name")} value={user.name} save={set("name")} />
      <TextField label={say("username")} mono value={user.username} save={set("username")} />
      <TextField label={say("phone")} mono value={user.phone_number} save={set("phone_number")} />
      <TextField label={say("email")} mono value={user.email} save={set("email")} />
      <TextField label={say("balance")} mono numeric value={rupiah(wholeRupiah(user.balance))} save={setBalance} />
      <Rewards user={user} />
      <div class="field">
        <span>gopay_account_id</span>
        <span class="mono field-value">{user.gopay_account_id}</span>
      </div>
      <BankAccount user={user} />
    </section>
  );
}

/** The linked bank account. Its number is entered in full and shown masked. */
function BankAccount({ user }: { user: User }) {
  const say = usePanelText();
  const { bank } = user;
  const [draft, setDraft] = useState<{ bank_code: string; account_name: string; account_number: string } | null>(null);
  const [problem, setProblem] = useState("");
  const save = (value: typeof draft) =>
    control.changeUser(user.id, { bank: value }).then(
      () => {
        setDraft(null);
        setProblem("");
      },
      (error: Error) => setProblem(error.message),
    );
  const edit = () => setDraft({ bank_code: bank?.bank_code ?? "jago", account_name: bank?.account_name ?? user.name, account_number: "" });
  const field = (key: "bank_code" | "account_name" | "account_number", label: string) =>
    draft && (
      <label class="draft">
        {label}
        <input
          type="text"
          class="mono"
          autocomplete="off"
          value={draft[key]}
          onInput={(event) => setDraft({ ...draft, [key]: event.currentTarget.value })}
        />
      </label>
    );
  return (
    <div class="bank">
      <h4>{say("bankAccount")}</h4>
      {draft ? (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void save(draft);
          }}
        >
          {field("bank_code", say("bankCode"))}
          {field("account_name", say("accountName"))}
          {field("account_number", say("accountNumber"))}
          <button type="submit" class="button small primary">
            {say("save")}
          </button>
          <button type="button" class="text-button" onClick={() => setDraft(null)}>
            {say("cancel")}
          </button>
        </form>
      ) : (
        <p>
          {bank ? (
            <span class="mono">
              {bank.bank_code} · {bank.account_number_masked} · {bank.account_name}
            </span>
          ) : (
            <span class="faint">{say("noBank")}</span>
          )}{" "}
          <button type="button" class="text-button" onClick={edit}>
            {say(bank ? "change" : "link")}
          </button>{" "}
          {bank ? (
            <button type="button" class="text-button" onClick={() => void save(null)}>
              {say("unlink")}
            </button>
          ) : null}
        </p>
      )}
      <Mistake text={problem} />
    </div>
  );
}
