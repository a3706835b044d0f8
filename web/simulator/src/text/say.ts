import { state } from "../control/live";
import { settings } from "@selasar/ui/settings";
import { useStore } from "@selasar/ui/store";
import { sayIn, type Language, type Say } from "./sayer";

export { sayIn, type Language, type Say } from "./sayer";

/** Returns the panels' language, which the reader chooses. */
export function usePanelLanguage(): Language {
  return useStore(settings, (s) => s.language);
}

/** Returns the texts of the panels in the reader's language. */
export function usePanelText(): Say {
  return sayIn(usePanelLanguage());
}

/** Returns the phone's language: that of the simulated device, or the reader's language before the device is known. */
export function usePhoneLanguage(): Language {
  const reader = useStore(settings, (s) => s.language);
  return useStore(state, (s) => (s ? (s.device.locale === "id_ID" ? "id" : "en") : reader));
}

export function usePhoneText(): Say {
  return sayIn(usePhoneLanguage());
}
