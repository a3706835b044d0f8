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

/** The answer to a question for the capabilities. */
interface Capabilities {
    /** The GoPay app's version; null without a host. */
    app_version: string | null;
    /** The state of each method, by its name in the catalogue. */
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

/** The error of a call: a code, and a message that starts with the code's documented name. */
interface MiniAppError {
    code: number;
    message: string;
}

/**
 * The result of every call. It always has all three keys:
 * `data` is null on failure, `error` is null on success.
 * Source: `list-of-jssdks-webview-v1`. Methods without a result have `data: null` even on success.
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

/**
 * The answer of a method whose documented samples read `data` without a look at `success`: it is declared present.
 * On failure it is null nevertheless, so read `success` or `error` first.
 */
type SampleEnvelope<T> = {
    success: true;
    data: T;
    error: null;
} | {
    success: false;
    data: T;
    error: MiniAppError;
};

/** An event of another dialect, for the scripts that speak it. */
interface DialectEvent {
    name: string;
    data: unknown;
    /** The chosen readings of the documentation for the form of the event; absent for the defaults. */
    variants?: Readonly<Record<string, string>>;
}

/** The data of the events, by name. */
interface Events {
    /** A consent was given, refused, revoked or forgotten. */
    consentchange: {
        name: string;
        state: "given" | "refused" | "revoked" | "never_asked";
    };
    /** The device changed; the capabilities may differ. */
    devicechange: Record<string, unknown>;
    /** The launch has ended; calls return 203 from now on. `reason` is a stable code, `message` its words. */
    launchend: {
        reason: string;
        message: string;
    };
    /** An event of another dialect: a reading of a sensor, or the end of a job. `name` is its name in the dialect. */
    dialectevent: DialectEvent;
}

/** The name of an event. */
type EventName = keyof Events;

/** A listener; it gets an event's data. */
type Listener<N extends EventName> = (data: Events[N]) => void;

/** The answer of the dummy service to one method. */
interface DummyAnswer<M extends MethodName> {
    /** Values that replace the dummy's values, key by key. */
    data?: Partial<Results[M]>;
    /** The error to return instead: a code, or a code with a message. */
    error?: number | {
        code: number;
        message: string;
    };
    /** The delay of the answer, in ms. */
    delay?: number;
}

/** The answers of the dummy service. They are read at every call, so a test may change them between calls. */
interface DummyOptions {
    /** The delay of every answer, in ms; 0 by default. */
    delay?: number;
    /** The answer by method, or a function that returns it from the parameters. If the function throws, the call gets 500. */
    answers?: {
        [M in MethodName]?: DummyAnswer<M> | ((params: Record<string, unknown>) => DummyAnswer<M> | Promise<DummyAnswer<M>>);
    };
}

/** The options of `MiniAppSDK`. */
interface MiniAppOptions {
    /**
     * `true`: without a host, a dummy inside the page answers every method in the documented shapes. A host that welcomes
     * the page answers itself, and the console says so. `"always"`: the dummy answers everywhere, and the page contacts no
     * host. The dummy is a separate file, which is loaded at its first use.
     */
    useDummyService?: boolean | "always";
    /** The answers of the dummy. */
    dummy?: DummyOptions;
    /**
     * Origins that may be the host when the page is in a frame, in addition to loopback and the page's own host name,
     * such as `https://superapp.example`.
     */
    hostOrigins?: readonly string[];
    /** The time-out of a call, in ms; 10,000 by default. It stops while a person decides. */
    timeout?: number;
}

/**
 * The JSAPIs of a GoPay mini app, generation A.
 *
 * Every method returns a promise that resolves exactly once with `{success, data, error}`, even after a failure, and is never
 * rejected. Without a host it resolves within 300 ms with code 100 and the reason. See `list-of-jssdks-webview-v1`.
 */
declare class MiniAppSDK {
    private readonly _answers;
    private readonly _hears;
    /** Does not connect: the first call looks for the host. */
    constructor(options?: MiniAppOptions);
    /** Returns the code with which the mini app's backend logs the user in. Next: send `authCode` to your backend. */
    getAuthCode(): Promise<Envelope<Results["getAuthCode"]>>;
    /** Returns a token for the user's bank account; needs the consent `bank_account`. Next: send `token` to your backend. */
    getBankAccountToken(): Promise<Envelope<Results["getBankAccountToken"]>>;
    /** Opens the payment sheet. The status tells the page what to show; only your backend knows whether the payment is paid. */
    triggerPayment(params: Params["triggerPayment"]): Promise<SampleEnvelope<Results["triggerPayment"]>>;
    /** Opens another page of the super app, `gopay://...`. `data` is null even on success. */
    openDeeplink(deeplink: string | Params["openDeeplink"]): Promise<Envelope<null>>;
    /** An alias of {@link MiniAppSDK.openDeeplink}, as the documentation's sample names it. */
    openGopayDeeplink(deeplink: string | Params["openDeeplink"]): Promise<Envelope<null>>;
    /** Asks the user for one consent; returns immediately if it is given already. A refusal is `has_consent: false`. */
    getConsent(consent_name: string | Params["getConsent"]): Promise<SampleEnvelope<Results["getConsent"]>>;
    /** Returns the location of the device; needs the consent `location`. */
    getLocation(): Promise<Envelope<Results["getLocation"]>>;
    /** Returns the properties of the device; needs the consent `device_info`. */
    getSystemInfo(): Promise<Envelope<Results["getSystemInfo"]>>;
    /** Returns the Wi-Fi network of the device; needs the consent `wifi`. */
    getWifiInfo(): Promise<Envelope<Results["getWifiInfo"]>>;
    /** Reports whether a host answers this page. Without a host it takes at most 300 ms. */
    isInHost(): Promise<boolean>;
    /** Reports the state of each method. Without a host no method is available, and `reason` explains it. */
    capabilities(): Promise<Capabilities>;
    /** Adds a listener for an event of the launch. Returns a function that removes it. */
    on<N extends EventName>(name: N, listener: Listener<N>): () => void;
    /** Removes a listener. */
    off<N extends EventName>(name: N, listener: Listener<N>): void;
    private _call;
}

/** The error of an envelope as an exception, for code that prefers try and catch. */
declare class MiniAppCallError extends Error {
    /** One of {@link ErrorCode}. */
    readonly code: number;
    readonly name = "MiniAppCallError";
    constructor(
    /** One of {@link ErrorCode}. */
    code: number, message: string);
}

/** Returns the data of a successful envelope: `unwrap(await sdk.getLocation()).latitude`. Throws {@link MiniAppCallError}. */
declare function unwrap<T>(result: Envelope<T> | SampleEnvelope<T>): T;

export { MiniAppSDK as default, MiniAppSDK };
export { MiniAppCallError, unwrap };
export { ErrorCode };
export type { Listener };
export type { DummyAnswer, DummyOptions, MiniAppOptions };
export type { Capabilities, Capability, Envelope, EventName, Events, MethodName, MiniAppError, Params, Results, SampleEnvelope, };
