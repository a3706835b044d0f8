import type { MethodName, Results } from "@selasar/protocol";

const letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

const random = (length: number): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(length)), (byte) => letters[byte % letters.length]).join("");

const wifi = { wifi_bssid: "02:00:00:00:00:01", wifi_ssid: "Selasar" };

/** The default answers of each method: a healthy phone at Monas, and a user who allows everything. */
export const VALUES: { [M in MethodName]: (params: Record<string, string>) => Results[M] } = {
  getAuthCode: () => ({ authCode: random(64) }),
  getBankAccountToken: () => ({ token: random(64) }),
  triggerPayment: () => ({ status: "success" }),
  openDeeplink: () => null,
  getConsent: ({ consent_name }) => ({ consent_name: consent_name!, has_consent: true }),
  getLocation: () => ({ latitude: -6.175392, longitude: 106.827153, time: Date.now() }),
  getSystemInfo: () => ({
    os_type: 1,
    is_emulator: false,
    is_rooted: false,
    ...wifi,
    brand: "Selasar",
    model: "Dummy",
    product: "dummy",
    uuid: "00000000-0000-4000-8000-000000000001",
    idfa: "",
    idfv: "",
    app_version: "2.10.0",
  }),
  getWifiInfo: () => wifi,
};
