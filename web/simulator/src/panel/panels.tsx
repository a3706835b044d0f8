import { FilterBox, JournalPanel } from "../journal/journalpanel";
import { useStore } from "@selasar/ui/store";
import { ConsentsPanel } from "./consentspanel";
import { CredentialsPanel } from "./credentialspanel";
import { DevicePanel } from "./devicepanel";
import { NotificationsPanel } from "./notificationspanel";
import { panel, Tabs } from "./tabs";
import { UsersPanel } from "./userspanel";
import { WalletPanel } from "./walletpanel";
import { usePanelText } from "../text/say";

const BODIES = {
  journal: JournalPanel,
  device: DevicePanel,
  users: UsersPanel,
  consents: ConsentsPanel,
  wallet: WalletPanel,
  notifications: NotificationsPanel,
  credentials: CredentialsPanel,
};

export function Panels() {
  const say = usePanelText();
  const chosen = useStore(panel, (p) => p);
  const Body = BODIES[chosen];
  return (
    <div class="panels">
      <Tabs tools={chosen === "journal" ? <FilterBox /> : null} />
      <div class="panel" id="panel" role="tabpanel" aria-labelledby={"tab-" + chosen} data-panel={chosen}>
        <h2 class="unseen">{say(`panel_${chosen}`)}</h2>
        <Body />
      </div>
    </div>
  );
}
