import { older } from "@selasar/ui/format/version";
import { FIRST_VERSIONS } from "./methods.gen";
import type { State } from "./shapes";

/** A method that the simulated GoPay app is too old for, with the first version that has it. */
export interface Missing {
  method: string;
  since: string;
}

/** Lists the methods of the mini app's generation that the simulated app does not have. */
export function missingMethods({ apps, device }: Pick<State, "apps" | "device">): Missing[] {
  const versions = FIRST_VERSIONS[apps[0]?.generation ?? ""] ?? {};
  return Object.entries(versions)
    .filter(([, since]) => older(device.app_version, since))
    .map(([method, since]) => ({ method, since }));
}
