// Code generated from the bindings in internal/jsapi/dialect/webview. DO NOT EDIT.

/** The methods of generation A, in the order of the page `list-of-jssdks-webview-v1`. */
export const METHODS = [
  "getAuthCode",
  "getBankAccountToken",
  "triggerPayment",
  "openDeeplink",
  "getConsent",
  "getLocation",
  "getSystemInfo",
  "getWifiInfo",
] as const;

/** A method's name in the catalogue. */
export type MethodName = (typeof METHODS)[number];

/** The first GoPay app version that has the method. */
export const SINCE: Record<MethodName, string> = {
  getAuthCode: "1.36.0",
  getBankAccountToken: "1.36.0",
  triggerPayment: "1.45.0",
  openDeeplink: "1.36.0",
  getConsent: "1.52.0",
  getLocation: "1.36.0",
  getSystemInfo: "1.36.0",
  getWifiInfo: "1.36.0",
};

/** Other names that a page may call a method by. */
export const ALIASES: Readonly<Record<string, MethodName>> = {
  openGopayDeeplink: "openDeeplink",
};

/** What each method takes. */
export interface Params {
  getAuthCode: Record<string, never>;
  getBankAccountToken: Record<string, never>;
  triggerPayment: {
    /** The payment's deeplink, `gopay://merchanttransfer?...`, from the answer to the mini app's backend. */
    deeplink: string;
  };
  openDeeplink: {
    /** The destination, `gopay://...`, from the mini app's allow-list. */
    deeplink: string;
  };
  getConsent: {
    /** `location`, `camera`, `device_info`, `wifi`, `bank_account` or `profile`. */
    consent_name: string;
  };
  getLocation: Record<string, never>;
  getSystemInfo: Record<string, never>;
  getWifiInfo: Record<string, never>;
}

/** What each method's `data` holds on success. */
export interface Results {
  getAuthCode: {
    /** 64 letters and digits, single use, valid for 5 minutes from MiniAppSDK, for 6 from gpContainer. */
    authCode: string;
  };
  getBankAccountToken: {
    /** An opaque token that the mini app's backend exchanges once, within 5 minutes. */
    token: string;
  };
  triggerPayment: {
    /** `success` paid, `cancelled` by the user, `failed` while processing, `pending` left unfinished. */
    status: "success" | "cancelled" | "failed" | "pending";
  };
  openDeeplink: null;
  getConsent: {
    /** The requested consent. */
    consent_name: string;
    /** Whether the user has given the consent. */
    has_consent: boolean;
  };
  getLocation: {
    /** Degrees, WGS 84. */
    latitude: number;
    /** Degrees, WGS 84. */
    longitude: number;
    /** The time of the position, in ms since the epoch. */
    time: number;
  };
  getSystemInfo: {
    /** 1 for Android, 2 for iOS (the documentation lists no values). */
    os_type: number;
    is_emulator: boolean;
    is_rooted: boolean;
    /** Empty without the consent `wifi`. */
    wifi_bssid: string;
    /** Empty without the consent `wifi`. */
    wifi_ssid: string;
    brand: string;
    model: string;
    product: string;
    uuid: string;
    /** Empty on Android. */
    idfa: string;
    /** Empty on Android. */
    idfv: string;
    /** The GoPay app's version. */
    app_version: string;
  };
  getWifiInfo: {
    wifi_bssid: string;
    wifi_ssid: string;
  };
}

/** One parameter of a method. */
export interface ParamEntry {
  name: string;
  type: "string" | "number" | "boolean" | "object" | "array";
  required: boolean;
}

/** One method as the catalogue declares it. */
export interface CatalogueEntry {
  aliases: readonly string[];
  /** The parameter that the page may pass bare, `getConsent("location")`. */
  positional?: string;
  since: string;
  /** The consent that the user must have given. */
  consent?: string;
  params: readonly ParamEntry[];
}

/** Every method of generation A. */
export const CATALOGUE: Record<MethodName, CatalogueEntry> = {
  getAuthCode: { aliases: [], since: "1.36.0", params: [] },
  getBankAccountToken: { aliases: [], since: "1.36.0", consent: "bank_account", params: [] },
  triggerPayment: { aliases: [], since: "1.45.0", params: [{ name: "deeplink", type: "string", required: true }] },
  openDeeplink: { aliases: ["openGopayDeeplink"], positional: "deeplink", since: "1.36.0", params: [{ name: "deeplink", type: "string", required: true }] },
  getConsent: { aliases: [], positional: "consent_name", since: "1.52.0", params: [{ name: "consent_name", type: "string", required: true }] },
  getLocation: { aliases: [], since: "1.36.0", consent: "location", params: [] },
  getSystemInfo: { aliases: [], since: "1.36.0", consent: "device_info", params: [] },
  getWifiInfo: { aliases: [], since: "1.36.0", consent: "wifi", params: [] },
};
