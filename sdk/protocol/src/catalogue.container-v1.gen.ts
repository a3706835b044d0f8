// Code generated from the bindings in internal/jsapi/dialect/container-v1. DO NOT EDIT.

/** The methods of generation B, Container V1, in the order of the page `frontend-v1`. */
export const METHODS = [
  "GPMiniAppAuth.getAuthCode",
  "GPLocation.getLocation",
  "GPNavigator.launchDeeplink",
  "GP.launchPayment",
] as const;

/** A method's name in the catalogue. */
export type MethodName = (typeof METHODS)[number];

/** The first GoPay app version that has the method. */
export const SINCE: Record<MethodName, string> = {
  "GPMiniAppAuth.getAuthCode": "1.36.0",
  "GPLocation.getLocation": "1.36.0",
  "GPNavigator.launchDeeplink": "1.36.0",
  "GP.launchPayment": "1.45.0",
};

/** Other names that a page may call a method by. */
export const ALIASES: Readonly<Record<string, MethodName>> = {
  "GPBase.getAuthCode": "GPMiniAppAuth.getAuthCode",
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

/** Every method of generation B, Container V1. */
export const CATALOGUE: Record<MethodName, CatalogueEntry> = {
  "GPMiniAppAuth.getAuthCode": { aliases: ["GPBase.getAuthCode"], since: "1.36.0", params: [] },
  "GPLocation.getLocation": { aliases: [], since: "1.36.0", consent: "location", params: [{ name: "enable_high_accuracy", type: "boolean", required: false }] },
  "GPNavigator.launchDeeplink": { aliases: [], since: "1.36.0", params: [{ name: "deeplink", type: "string", required: true }] },
  "GP.launchPayment": { aliases: [], since: "1.45.0", params: [{ name: "deeplink", type: "string", required: true }] },
};
