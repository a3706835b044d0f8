// Code generated from the bindings in internal/jsapi/dialect/container (container-v2), internal/jsapi/dialect/container (container-v1). DO NOT EDIT.

/** The methods of gpContainer: generation B, Container V2, page `frontend-v2`; generation B, Container V1, page `frontend-v1`. `beside` has the members next to `data`. */
export interface ContainerMethods {
  /** Returns a code that the mini app's backend exchanges for the user's auth token. In container-v2 and container-v1. */
  "GPMiniAppAuth.getAuthCode": {
    params: Record<string, never>;
    data: {
      /** 64 letters and digits, single use, valid for 5 minutes from MiniAppSDK, for 6 from gpContainer. */
      authCode: string;
    };
    beside: unknown;
  };
  /** Returns a code that the mini app's backend exchanges for the user's auth token. In container-v2 and container-v1. */
  "GPBase.getAuthCode": {
    params: Record<string, never>;
    data: {
      /** 64 letters and digits, single use, valid for 5 minutes from MiniAppSDK, for 6 from gpContainer. */
      authCode: string;
    };
    beside: unknown;
  };
  /** Returns the position of the device. In container-v2 and container-v1. */
  "GPLocation.getLocation": {
    params: {
      /** Has no effect: the simulated device is always exact. */
      enable_high_accuracy?: boolean;
    };
    data: {
      coords: {
        /** Degrees, WGS 84. */
        latitude: number;
        /** Degrees, WGS 84. */
        longitude: number;
        /** The time of the position, in ms since the epoch. */
        time: number;
      };
    };
    beside: unknown;
  };
  /** Opens a page of the super app. The mini app's allow-list must contain it. In container-v2 and container-v1. */
  "GPNavigator.launchDeeplink": {
    params: {
      /** The destination, `gopay://...`, from the mini app's allow-list. */
      deeplink: string;
    };
    data: null;
    beside: unknown;
  };
  /** Opens the sheet of a payment that the mini app's backend has created, and returns the status of the payment. In container-v2 and container-v1. */
  "GP.launchPayment": {
    params: {
      /** The payment's deeplink, `gopay://merchanttransfer?...`, from the answer to the mini app's backend. */
      deeplink: string;
    };
    data: {
      /** `success` paid, `cancelled` by the user, `failed` while processing, `pending` left unfinished. */
      status: "success" | "cancelled" | "failed" | "pending";
    };
    beside: unknown;
  };
  /** Returns a token that the mini app's backend exchanges for the user's linked bank account. In container-v2. */
  "GP.getBankAccountToken": {
    params: Record<string, never>;
    data: {
      /** An opaque token that the mini app's backend exchanges once, within 5 minutes. */
      token: string;
    };
    beside: unknown;
  };
  /** Asks the user for one consent, unless the user has already given it. In container-v2. */
  "GP.authorize": {
    params: {
      /** `location`, `camera`, `device_info`, `wifi`, `bank_account` or `profile`. */
      scope: string;
    };
    data: {
      /** Whether the user has given the consent, by its name. */
      successScope?: Record<string, boolean>;
    };
    beside: {
      /** Whether the user has given the consent, by its name. */
      successScope?: Record<string, boolean>;
    };
  };
  /** Asks the user for one consent, unless the user has already given it. In container-v2. */
  "GPConsent.getUserConsent": {
    params: {
      /** `location`, `camera`, `device_info`, `wifi`, `bank_account` or `profile`. */
      scope: string;
    };
    data: {
      /** Whether the user has given the consent, by its name. */
      successScope?: Record<string, boolean>;
    };
    beside: {
      /** Whether the user has given the consent, by its name. */
      successScope?: Record<string, boolean>;
    };
  };
  /** Describes the device and the GoPay app on it. In container-v2. */
  "GPSystem.getSystemInfo": {
    params: Record<string, never>;
    data: {
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
    beside: unknown;
  };
  /** Describes the device and the GoPay app on it. In container-v2. */
  "GPSystem.getRootedDeviceInfo": {
    params: Record<string, never>;
    data: {
      /** `"true"` or `"false"`; a boolean with the variant `rooted`. */
      is_rooted: unknown;
    };
    beside: unknown;
  };
  /** Returns the wifi network that the device uses. In container-v2. */
  "GPSystem.getWifiInfo": {
    params: Record<string, never>;
    data: {
      wifi_bssid: string;
      wifi_ssid: string;
    };
    beside: unknown;
  };
  /** Returns the language of the super app. In container-v2. */
  "GPBase.getLocale": {
    params: Record<string, never>;
    data: null;
    beside: {
      app_locale: "en_ID" | "id_ID";
    };
  };
}

/** The events on `document`, by name, with their payload. */
export interface ContainerEvents {
}
