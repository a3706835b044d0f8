// Code generated from the bindings in internal/jsapi/dialect/container-v2. DO NOT EDIT.

/** The methods of generation B, Container V2, in the order of the page `frontend-v2`. */
export const METHODS = [
  "GPMiniAppAuth.getAuthCode",
  "GPLocation.getLocation",
  "GPNavigator.launchDeeplink",
  "GP.launchPayment",
  "GP.getBankAccountToken",
  "GP.authorize",
  "GPSystem.getSystemInfo",
  "GPSystem.getRootedDeviceInfo",
  "GPSystem.getWifiInfo",
  "GPBase.getLocale",
] as const;

/** A method's name in the catalogue. */
export type MethodName = (typeof METHODS)[number];

/** The first GoPay app version that has the method. */
export const SINCE: Record<MethodName, string> = {
  "GPMiniAppAuth.getAuthCode": "1.36.0",
  "GPLocation.getLocation": "1.36.0",
  "GPNavigator.launchDeeplink": "1.36.0",
  "GP.launchPayment": "1.45.0",
  "GP.getBankAccountToken": "1.36.0",
  "GP.authorize": "1.52.0",
  "GPSystem.getSystemInfo": "1.36.0",
  "GPSystem.getRootedDeviceInfo": "1.36.0",
  "GPSystem.getWifiInfo": "1.36.0",
  "GPBase.getLocale": "1.36.0",
};

/** Other names that a page may call a method by. */
export const ALIASES: Readonly<Record<string, MethodName>> = {
  "GPBase.getAuthCode": "GPMiniAppAuth.getAuthCode",
  "GPConsent.getUserConsent": "GP.authorize",
};

/** What each method takes. */
export interface Params {
  "GPMiniAppAuth.getAuthCode": Record<string, never>;
  "GPLocation.getLocation": {
    /** Has no effect: the simulated device is always exact. */
    enable_high_accuracy?: boolean;
  };
  "GPNavigator.launchDeeplink": {
    /** The destination, `gopay://...`, from the mini app's allow-list. */
    deeplink: string;
  };
  "GP.launchPayment": {
    /** The payment's deeplink, `gopay://merchanttransfer?...`, from the answer to the mini app's backend. */
    deeplink: string;
  };
  "GP.getBankAccountToken": Record<string, never>;
  "GP.authorize": {
    /** `location`, `camera`, `device_info`, `wifi`, `bank_account` or `profile`. */
    scope: string;
  };
  "GPSystem.getSystemInfo": Record<string, never>;
  "GPSystem.getRootedDeviceInfo": Record<string, never>;
  "GPSystem.getWifiInfo": Record<string, never>;
  "GPBase.getLocale": Record<string, never>;
}

/** What each method's `data` holds on success. */
export interface Results {
  "GPMiniAppAuth.getAuthCode": {
    /** 64 letters and digits, single use, valid for 5 minutes from MiniAppSDK, for 6 from gpContainer. */
    authCode: string;
  };
  "GPLocation.getLocation": {
    coords: {
      /** Degrees, WGS 84. */
      latitude: number;
      /** Degrees, WGS 84. */
      longitude: number;
      /** The time of the position, in ms since the epoch. */
      time: number;
    };
  };
  "GPNavigator.launchDeeplink": null;
  "GP.launchPayment": {
    /** `success` paid, `cancelled` by the user, `failed` while processing, `pending` left unfinished. */
    status: "success" | "cancelled" | "failed" | "pending";
  };
  "GP.getBankAccountToken": {
    /** An opaque token that the mini app's backend exchanges once, within 5 minutes. */
    token: string;
  };
  "GP.authorize": {
    /** Whether the user has given the consent, by its name. */
    successScope?: Record<string, boolean>;
  };
  "GPSystem.getSystemInfo": {
    /** The documentation lists no values. */
    platform: "android" | "ios";
    is_emulator: boolean;
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
  "GPSystem.getRootedDeviceInfo": {
    /** `"true"` or `"false"`; a boolean with the variant `rooted`. */
    is_rooted: unknown;
  };
  "GPSystem.getWifiInfo": {
    wifi_bssid: string;
    wifi_ssid: string;
  };
  "GPBase.getLocale": null;
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

/** Every method of generation B, Container V2. */
export const CATALOGUE: Record<MethodName, CatalogueEntry> = {
  "GPMiniAppAuth.getAuthCode": { aliases: ["GPBase.getAuthCode"], since: "1.36.0", params: [] },
  "GPLocation.getLocation": { aliases: [], since: "1.36.0", consent: "location", params: [{ name: "enable_high_accuracy", type: "boolean", required: false }] },
  "GPNavigator.launchDeeplink": { aliases: [], since: "1.36.0", params: [{ name: "deeplink", type: "string", required: true }] },
  "GP.launchPayment": { aliases: [], since: "1.45.0", params: [{ name: "deeplink", type: "string", required: true }] },
  "GP.getBankAccountToken": { aliases: [], since: "1.36.0", consent: "bank_account", params: [] },
  "GP.authorize": { aliases: ["GPConsent.getUserConsent"], since: "1.52.0", params: [{ name: "scope", type: "string", required: true }] },
  "GPSystem.getSystemInfo": { aliases: [], since: "1.36.0", consent: "device_info", params: [] },
  "GPSystem.getRootedDeviceInfo": { aliases: [], since: "1.36.0", consent: "device_info", params: [] },
  "GPSystem.getWifiInfo": { aliases: [], since: "1.36.0", consent: "wifi", params: [] },
  "GPBase.getLocale": { aliases: [], since: "1.36.0", params: [] },
};
