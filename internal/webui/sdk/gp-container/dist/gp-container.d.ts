/** The methods of gpContainer: generation B, Container V2, page `frontend-v2`; generation B, Container V1, page `frontend-v1`. `beside` has the members next to `data`. */
interface ContainerMethods {
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
interface ContainerEvents {
}

type FullName = keyof ContainerMethods;

/** A class of gpContainer. */
type ClassName = FullName extends `${infer C}.${string}` ? C : never;

/** A method of a class. */
type MethodOf<C extends ClassName> = FullName extends infer N ? (N extends `${C}.${infer M}` ? M : never) : never;

type Of<C extends string, M extends string> = `${C}.${M}` extends FullName ? ContainerMethods[`${C}.${M}`] : never;

/** The parameters of a method. */
type ParamsOf<C extends ClassName, M extends MethodOf<C>> = Of<C, M>["params"];

/**
 * The result that the success callback gets. `data` is a JSON string in GoPay below 2.00.
 * Source: `frontend-v2`, `list-of-jssdks-webkit-v4`.
 */
type SuccessOf<C extends ClassName, M extends MethodOf<C>> = {
    success: true;
    ret: string;
    msg?: string;
} & (Of<C, M>["data"] extends null ? unknown : {
    data: Of<C, M>["data"];
}) & Of<C, M>["beside"];

/** The failure of a call, in snake_case, in camelCase, or in both. `ret` is an array after a time-out. */
interface Failure {
    success?: false;
    ret: string | readonly string[];
    msg?: string;
    error_code?: string | number;
    error_type?: string;
    error_message?: string;
    errorCode?: string | number;
    errorType?: string;
    errorMessage?: string;
}

/** The object `window.gpContainer`. */
interface GpContainer {
    /**
     * Calls a method of the super app. Exactly one of the callbacks is called, once.
     * @param timeout in ms; the clock stops while the user decides. Default: 10,000
     */
    call<C extends ClassName, M extends MethodOf<C>>(className: C, methodName: M, params: ParamsOf<C, M> | Record<string, never>, success: ((result: SuccessOf<C, M>) => void) | null | undefined, failure?: ((failure: Failure) => void) | null, timeout?: number): void;
    /** Without callbacks, returns a promise that is rejected with a {@link Failure}. */
    call<C extends ClassName, M extends MethodOf<C>>(className: C, methodName: M, params?: ParamsOf<C, M> | Record<string, never>, timeout?: number): Promise<SuccessOf<C, M>>;
}

/**
 * `window.gpContainer`, which this module makes. On a server there is no window; there, every call fails with the code
 * 1003.
 */
declare const gpContainer: GpContainer;

export { gpContainer };
export type { ClassName, Failure, GpContainer, MethodOf, ParamsOf, SuccessOf };
export type { ContainerEvents, ContainerMethods };
