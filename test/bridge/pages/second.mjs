// A second SDK, like that of another dialect: a separate bundle, built on sdk/page.
import { page } from "@selasar/page";

window.second = {
  getWifiInfo: () => page().ask({ type: "call", method: "getWifiInfo" }, 5_000),
  onConsentChange: (listener) => page().on("consentchange", listener),
};
