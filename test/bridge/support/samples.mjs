/** The answers of a host to each method, in the documented shape. */
export const results = {
  getAuthCode: { authCode: "a".repeat(64) },
  getBankAccountToken: { token: "t-1" },
  triggerPayment: { status: "success" },
  openDeeplink: null,
  getConsent: { consent_name: "location", has_consent: true },
  getLocation: { latitude: -6.2, longitude: 106.8, time: 1_763_770_000_000 },
  getSystemInfo: {
    os_type: 1,
    is_emulator: false,
    is_rooted: false,
    wifi_bssid: "b",
    wifi_ssid: "s",
    brand: "b",
    model: "m",
    product: "p",
    uuid: "u",
    idfa: "a",
    idfv: "v",
    app_version: "2.10.0",
  },
  getWifiInfo: { wifi_bssid: "b", wifi_ssid: "s" },
};

/** The calls of the documentation's JSAPI page, as in its samples. */
export const samples = {
  getAuthCode: "sdk.getAuthCode()",
  getBankAccountToken: "sdk.getBankAccountToken()",
  triggerPayment: 'sdk.triggerPayment({ deeplink: "gopay://merchanttransfer?tref=A1" })',
  openDeeplink: 'sdk.openGopayDeeplink("gopay://home")',
  getConsent: 'sdk.getConsent("location")',
  getLocation: "sdk.getLocation()",
  getSystemInfo: "sdk.getSystemInfo()",
  getWifiInfo: "sdk.getWifiInfo()",
};

/** Returns the names of an object's members, with their types. */
export const shape = (value) =>
  value === null ? null : Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, typeof inner]));

/** Returns the host's answer: an envelope of success or of failure. */
export const success = (data) => ({ result: { success: true, data, error: null } });
export const failure = (code, message) => ({ result: { success: false, data: null, error: { code, message } } });
