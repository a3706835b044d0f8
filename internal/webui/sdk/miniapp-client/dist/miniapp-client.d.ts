/** The methods of generation A, in the order of the page `list-of-jssdks-webview-v1`. */
declare const METHODS: readonly ["getAuthCode", "getBankAccountToken", "triggerPayment", "openDeeplink", "getConsent", "getLocation", "getSystemInfo", "getWifiInfo"];

/** A method's name in the catalogue. */
type MethodName = (typeof METHODS)[number];

/** What each method takes. */
interface Params {
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
interface Results {
    getAuthCode: {
        /** 64 letters and digits, single use, valid for 5 minutes. */
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

/** The availability of one method, in this launch on this device. */
interface Capability {
    /** Whether a call would pass the version gate, the device and the consents now. */
    available: boolean;
    /** The first GoPay app version that has the method. */
    min_version: string;
    /** The consent that the method needs, and its state. Absent when it needs none. */
    consent?: {
        name: string;
        state: ConsentState;
    };
    /** The error that a call would return, if the method is not available. */
    reason?: {
        code: number;
        message: string;
    };
}

type ConsentState = "given" | "refused" | "revoked" | "never_asked";

/** The answer to "what may I call?". */
interface Capabilities {
    /** The GoPay app's version; null without a host. */
    app_version: string | null;
    /** By the catalogue's method names. */
    methods: Record<string, Capability>;
}

/**
 * The error codes of generation A.
 * Classes: 1xx platform, 2xx mini app, 3xx permission, 4xx device and network, 5xx super app.
 * Source: `list-of-jssdks-webview-v1`.
 */
declare const ErrorCode: {
    /** The method is unknown or newer than the GoPay app, or there is no host. */
    readonly MethodNotSupported: 100;
    /** A required parameter is missing. */
    readonly IncompleteParameter: 200;
    /** A parameter does not have the documented type. */
    readonly InvalidType: 201;
    /** A parameter's value is not supported. */
    readonly ParameterData: 202;
    /** The mini app is unknown or suspended, or its launch has ended. */
    readonly MiniappNotRegistered: 203;
    /** The operator or the user has not permitted the call. */
    readonly PermissionDenied: 300;
    /** The device lacks a feature that the method needs. */
    readonly DeviceNotSupported: 400;
    /** The device is offline, or no answer came in time. */
    readonly NetworkError: 401;
    /** The super app failed. */
    readonly SuperappError: 500;
};

/** One of the error codes. */
type ErrorCode = (typeof ErrorCode)[keyof typeof ErrorCode];

/** What went wrong: a code, and a message that starts with the code's documented name. */
interface MiniAppError {
    code: number;
    message: string;
}

/**
 * What every call resolves with. All three keys are always there:
 * `data` is null on failure, `error` is null on success.
 * Source: `list-of-jssdks-webview-v1`; methods that return nothing have `data: null` on success too.
 */
type Envelope<T = unknown> = {
    success: true;
    data: T;
    error: null;
} | {
    success: false;
    data: null;
    error: MiniAppError;
};

/** What the events carry, by name. */
interface Events {
    /** A consent was given, refused, taken back, or forgotten. */
    consentchange: {
        name: string;
        state: "given" | "refused" | "revoked" | "never_asked";
    };
    /** The device changed: ask for the capabilities again. */
    devicechange: Record<string, unknown>;
    /** The launch is over; calls answer 203 from now on. */
    launchend: {
        reason: string;
    };
}

/** The name of an event. */
type EventName = keyof Events;

/** Gets an event's data. */
type Listener<N extends EventName> = (data: Events[N]) => void;

/** What the dummy service answers to one method. */
interface DummyAnswer<M extends MethodName> {
    /** Values that replace those of the dummy, key by key. */
    data?: Partial<Results[M]>;
    /** The error to answer instead: a code, or a code with a message of your own. */
    error?: number | {
        code: number;
        message: string;
    };
    /** How long the answer takes, in ms. */
    delay?: number;
}

/** What the dummy service answers. It is read with every call, so a test may change it on the way. */
interface DummyOptions {
    /** How long every answer takes, in ms; 0 unless said otherwise. */
    delay?: number;
    /** By method: an answer, or a function that makes it from the parameters. What such a function throws is answered with 500. */
    answers?: {
        [M in MethodName]?: DummyAnswer<M> | ((params: Record<string, unknown>) => DummyAnswer<M> | Promise<DummyAnswer<M>>);
    };
}

/** The options of `MiniAppSDK`. */
interface MiniAppOptions {
    /**
     * `true`: where there is no host, a dummy inside the page answers every method in the documented shapes; a host that
     * welcomes the page answers itself, and the console says so. `"always"`: the dummy answers everywhere, and no host is
     * asked. The dummy is a file of its own that is loaded when it is first needed.
     */
    useDummyService?: boolean | "always";
    /** What the dummy answers. */
    dummy?: DummyOptions;
    /**
     * Origins besides loopback and the page's own host name that may be the host when the page stands in a frame,
     * such as `https://superapp.example`.
     */
    hostOrigins?: readonly string[];
    /** How long a call waits for the host, in ms; 10,000 unless said otherwise. It stands still while a person decides. */
    timeout?: number;
}

/**
 * The JSAPIs of a GoPay mini app, generation A.
 *
 * Every method returns a promise that resolves with `{success, data, error}` exactly once, also on failure, and is never
 * rejected. Without a host it resolves within 300 ms with code 100 and the reason. See `list-of-jssdks-webview-v1`.
 */
declare class MiniAppSDK {
    private readonly _answers;
    private readonly _hears;
    /** Does nothing yet: the host is looked for with the first call. */
    constructor(options?: MiniAppOptions);
    /** The code with which the mini app's backend logs the user in. Next: send `authCode` to your backend. */
    getAuthCode(): Promise<Envelope<Results["getAuthCode"]>>;
    /** A token for the user's bank account; needs the consent `bank_account`. Next: send `token` to your backend. */
    getBankAccountToken(): Promise<Envelope<Results["getBankAccountToken"]>>;
    /** Opens the payment sheet. The status tells the page what to show; only your backend knows whether it is paid. */
    triggerPayment(params: Params["triggerPayment"]): Promise<Envelope<Results["triggerPayment"]>>;
    /** Leaves for another place in the super app, `gopay://...`. `data` is null on success too. */
    openDeeplink(deeplink: string | Params["openDeeplink"]): Promise<Envelope<null>>;
    /** The same as {@link MiniAppSDK.openDeeplink}, under the name of the documentation's sample. */
    openGopayDeeplink(deeplink: string | Params["openDeeplink"]): Promise<Envelope<null>>;
    /** Asks the user for one consent; answers at once when it is given already. A refusal is `has_consent: false`. */
    getConsent(consent_name: string | Params["getConsent"]): Promise<Envelope<Results["getConsent"]>>;
    /** Where the device is; needs the consent `location`. */
    getLocation(): Promise<Envelope<Results["getLocation"]>>;
    /** What the device is; needs the consent `device_info`. */
    getSystemInfo(): Promise<Envelope<Results["getSystemInfo"]>>;
    /** The wifi the device is in; needs the consent `wifi`. */
    getWifiInfo(): Promise<Envelope<Results["getWifiInfo"]>>;
    /** Whether a host answers this page. Takes at most 300 ms where there is none. */
    isInHost(): Promise<boolean>;
    /** What each method can do right now. Without a host none is available, and `reason` says why. */
    capabilities(): Promise<Capabilities>;
    /** Listens to an event of the launch. Returns what ends it. */
    on<N extends EventName>(name: N, listener: Listener<N>): () => void;
    /** Stops listening. */
    off<N extends EventName>(name: N, listener: Listener<N>): void;
    private _call;
}

/** The error of an envelope, for code that catches instead of comparing. */
declare class MiniAppCallError extends Error {
    /** One of {@link ErrorCode}. */
    readonly code: number;
    readonly name = "MiniAppCallError";
    constructor(
    /** One of {@link ErrorCode}. */
    code: number, message: string);
}

/** The data of a successful envelope: `unwrap(await sdk.getLocation()).latitude`. Throws {@link MiniAppCallError}. */
declare function unwrap<T>(result: Envelope<T>): T;

export { MiniAppSDK as default, MiniAppSDK };
export { MiniAppCallError, unwrap };
export { ErrorCode };
export type { Listener };
export type { DummyAnswer, DummyOptions, MiniAppOptions };
export type { Capabilities, Capability, Envelope, EventName, Events, MethodName, MiniAppError, Params, Results, };
