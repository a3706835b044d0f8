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
    /** Opens an address in the browser. In container-v2 and container-v1. */
    "GPNavigator.launchUri": {
        params: {
            /** An `http` or `https` address. */
            uri: string;
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
    /** Puts a text on the clipboard of the device. In container-v2. */
    "GPBase.copyToClipboard": {
        params: {
            text: string;
        };
        data: null;
        beside: unknown;
    };
    /** Starts readings of the acceleration with gravity, in m/s². In container-v2. */
    "GPMotion.startAccelerometer": {
        params: {
            /** The time between two readings: 20, 60 or 200 ms. */
            interval?: "game" | "ui" | "normal";
        };
        data: null;
        beside: {
            msg: "ACCELEROMETER_STARTED";
        };
    };
    /** Stops the readings of the acceleration. In container-v2. */
    "GPMotion.stopAccelerometer": {
        params: Record<string, never>;
        data: null;
        beside: {
            msg: "ACCELEROMETER_STOPPED";
        };
    };
    /** Starts readings of the direction of the device's top edge. In container-v2 and container-v1. */
    "GPMotion.startCompass": {
        params: {
            /** The time between two readings: 20, 60 or 200 ms. */
            interval?: "game" | "ui" | "normal";
        };
        data: null;
        beside: {
            msg: "COMPASS_STARTED";
        };
    };
    /** Stops the readings of the direction. In container-v2 and container-v1. */
    "GPMotion.stopCompass": {
        params: Record<string, never>;
        data: null;
        beside: {
            msg: "COMPASS_STOPPED";
        };
    };
    /** Starts or stops readings of the direction of gravity. Each axis lies between -1 and 1. In container-v2. */
    "GPMotion.listenGyro": {
        params: {
            /** `true` starts, `false` stops. */
            on?: boolean;
            /** The time between two readings, in ms. Below 10 ms, readings come every 10 ms. */
            frequency?: number;
        };
        data: null;
        beside: {
            msg: "GYROSCPOPE_STARTED" | "GYROSCOPE_STOPPED";
        };
    };
    /** Starts or stops the events of shakes. In container-v2. */
    "GPMotion.listeningShake": {
        params: {
            /** `true` starts, `false` stops. */
            on: boolean;
            /** The time between two readings, in ms. Below 10 ms, readings come every 10 ms. */
            frequency?: number;
            /** The smallest acceleration of a shake, in m/s² without gravity. */
            shakeThreshold?: number;
            /** The smallest number of movements of a shake. */
            shakeNum?: number;
        };
        data: null;
        beside: {
            msg: "SHAKE_STARTED" | "SHAKE_STOPPED";
        };
    };
    /** Lets the device vibrate. In container-v2. */
    "GPMotion.vibrate": {
        params: {
            /** In ms. */
            duration: number;
        };
        data: null;
        beside: unknown;
    };
    /** Downloads a file into a public folder of the device. The end is an event. In container-v2. */
    "GPFile.save": {
        params: {
            /** An `http` or `https` address. */
            url: string;
            /** A file name, not a path. The default is the time and `_gpwebkit`. */
            name?: string;
            /** `DOCUMENTS` and `DCIM` exist on Android only. */
            destination: "DOWNLOADS" | "DOCUMENTS" | "PICTURES" | "DCIM";
        };
        data: null;
        beside: {
            msg: "SAVE_STARTED";
        };
    };
    /** Shows the share sheet of the device with a text. In container-v2. */
    "GPShare.share": {
        params: {
            text: string;
        };
        data: null;
        beside: unknown;
    };
    /** Takes a picture, or lets the user choose one of the gallery. In container-v2. */
    "GPCamera.takePhoto": {
        params: {
            /** `camera` takes a picture, `photo` chooses one, `both` lets the user decide. */
            mode?: "camera" | "photo" | "both";
            needBase64?: boolean;
        };
        data: null;
        beside: {
            callbackId: string;
            /** The path of the file on the device. */
            localPath: string;
            /** For an `img` element in the page. */
            url: string;
            identifier: string;
            /** With `needBase64`; without `data:`. */
            base64Data?: string;
        };
    };
    /** Records an analytics event. The journal shows it as `analytics.tracked`. In container-v2 and container-v1. */
    "GPAnalytics.trackEvent": {
        params: {
            eventName: string;
            /** At least one entry. The documentation names `mini_app_id`, `mini_app_version`, `user_action`, `completed_action`, `page_id`, `page_name`, `component_id`, `url`, `error_code` and `error_description`. */
            metaData: Record<string, unknown>;
        };
        data: null;
        beside: {
            callbackId: string;
        };
    };
    /** Opens another page of the mini app above the current one. In container-v2. */
    "GPNavigator.push": {
        params: {
            /** On the mini app's own origin. A relative address starts from the mini app's entry. */
            url: string;
        };
        data: null;
        beside: unknown;
    };
    /** Closes the current page. The first page of the launch stays. In container-v2. */
    "GPNavigator.pop": {
        params: Record<string, never>;
        data: null;
        beside: unknown;
    };
    /** Starts the events of blows into the microphone. In container-v2. */
    "GPMotion.listenBlow": {
        params: Record<string, never>;
        data: null;
        beside: {
            msg: "BLOW_STARTED";
        };
    };
    /** Stops the events of blows. In container-v2. */
    "GPMotion.stopListenBlow": {
        params: Record<string, never>;
        data: null;
        beside: {
            msg: "BLOW_STOPPED";
        };
    };
    /** Shows a short text in the middle of the screen. It is text, never HTML. In container-v1. */
    "GPUIToast.toast": {
        params: {
            message: string;
            /** In seconds; the documentation names no unit. */
            duration?: number;
        };
        data: null;
        beside: unknown;
    };
    /** Changes the navigation bar. An absent option stays as it is. In container-v1. */
    "GPNavigationBar.update": {
        params: {
            /** Text, never HTML. */
            title?: string;
            /** The colour of the title, `#RRGGBB` or `#RRGGBBAA`. The last two digits are the opacity. */
            titleColor?: string;
            /** `float`: the bar is above the page. */
            barStyle?: "normal" | "float";
            /** The colour of the bar, `#RRGGBB` or `#RRGGBBAA`. The last two digits are the opacity. */
            backgroundColor?: string;
            /** `'true'` or `'false'`, as the documentation writes it, or a boolean. */
            hideBackButton?: unknown;
            /** The buttons on the right side. */
            theme?: "light" | "dark";
        };
        data: null;
        beside: unknown;
    };
    /** Returns the height of the navigation bar and the size of the screen, in CSS pixels. In container-v1. */
    "GPNavigationBar.getHeight": {
        params: Record<string, never>;
        data: {
            height: number;
            screenWidth: number;
            screenHeight: number;
        };
        beside: {
            height: number;
            screenWidth: number;
            screenHeight: number;
        };
    };
}

/** The events on `document`, by name, with their payload. */
interface ContainerEvents {
    "GPFile.Event.saveFailed": {
        id: string;
        name: string;
        type: string;
        size: number;
        folder: string;
        url: string;
        launch_id: string;
        saved_at: number;
    };
    "GPFile.Event.saveSuccess": {
        id: string;
        name: string;
        type: string;
        size: number;
        folder: string;
        url: string;
        launch_id: string;
        saved_at: number;
    };
    "GPMotion.Event.accelerometer": {
        x: number;
        y: number;
        z: number;
    };
    "GPMotion.Event.compass": {
        /** Degrees from north, from 0 to below 360. */
        direction: number;
        /** ms since the epoch. */
        timestamp: number;
    };
    "motion.blow": {
        /** Rises from 0 to 1 on iOS; always 1 on Android. */
        pass: number;
    };
    "motion.gyro": {
        x: number;
        y: number;
        z: number;
    };
    "motion.shake": {
        x: number;
        y: number;
        z: number;
    };
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
