/** Milliseconds since the epoch. */
type Time = number;

interface Money {
    value: string;
    currency: "IDR";
}

/** An error of Selasar's own APIs: a stable code such as `insufficient_funds`, and a sentence. */
interface Problem {
    code: string;
    message: string;
}

/** A mini app as the host protocol shows it. */
interface App {
    id: string;
    name: string;
    icon_url: string;
    /** The one origin that is served as this mini app. */
    origin: string;
    generation: Generation;
}

type Generation = "webview" | "container-v1" | "container-v2";

type LaunchState = "consent" | "open" | "refused" | "ended";

interface Launch {
    /** Format: uuid */
    launch_id: string;
    /** Returned once. */
    token?: string;
    state: LaunchState;
    entry_url: string;
    /** Why it was refused or ended. */
    reason?: EndReason;
    /** The reason in words, in the reader's language. */
    message?: string;
    app?: App;
    /** The sheet to show first. Only a launch in the state `consent` has it. */
    ask?: OpenAsk;
    asks?: OpenAsk[];
}

/** One consent that the sheet lists. */
interface AskedConsent {
    name: string;
    title: {
        en: string;
        id: string;
    };
    /** An `allow` must include a mandatory consent. */
    mandatory: boolean;
    /** The reason in the manifest. */
    reason: string;
}

/** Why something ended. */
type EndReason = "answered" | "consent_declined" | "consent_timeout" | "deadline" | "failed" | "host_gone" | "launch_ended" | "mini_app_suspended" | "not_permitted" | "operator_closed" | "page_gone" | "payment_cancelled" | "platform_reset" | "platform_stopped" | "replaced" | "same_sheet" | "settled_elsewhere" | "stopped" | "user_closed";

/** The error in the dialect of the call. */
interface EventError {
    code: number;
    message: string;
}

/** Show the consent sheet, before the launch opens or for a call that requests one consent. */
interface ConsentSheet {
    id: string;
    kind: "consent";
    expires_at: Time;
    phase: "launch" | "call";
    app: App;
    consents: AskedConsent[];
}

type ConsentAnswer = {
    answer: "allow";
    /** The consents that the user gives. The default is all of them. */
    consents?: string[];
} | {
    answer: "decline";
};

/** Show the payment sheet. */
interface PaymentSheet {
    id: string;
    kind: "payment";
    expires_at: Time;
    app: App;
    payment: {
        reference_no: string;
        amount: Money;
        title: string;
        expires_at: Time;
    };
    /** Absent if the money is at the operator's provider. */
    wallet?: {
        balance: Money;
        sufficient: boolean;
    };
}

interface PaymentAnswer {
    answer: "success" | "cancelled" | "failed" | "pending";
}

/** Show the deeplink's destination. */
interface DeeplinkSheet {
    id: string;
    kind: "deeplink";
    expires_at: Time;
    app: App;
    deeplink: string;
}

interface DeeplinkAnswer {
    answer: "open" | "decline";
}

/** Show the share sheet of the device with a text. */
interface ShareSheet {
    id: string;
    kind: "share";
    expires_at: Time;
    app: App;
    text: string;
}

interface ShareAnswer {
    answer: "shared" | "cancelled";
}

/** Take a picture, or let the person choose one. Upload it as a blob of the launch first. */
interface CameraSheet {
    id: string;
    kind: "camera";
    expires_at: Time;
    app: App;
    /** `camera` takes a picture, `photo` chooses one of the gallery, `both` lets the person decide. */
    mode: "camera" | "photo" | "both";
}

type CameraAnswer = {
    answer: "taken";
    /** The id of the blob. Its type is an image. */
    photo: string;
} | {
    answer: "cancelled" | "denied" | "unavailable";
};

/** Open an address in the browser, outside the mini app. */
interface URISheet {
    id: string;
    kind: "uri";
    expires_at: Time;
    app: App;
    uri: string;
}

interface URIAnswer {
    answer: "open" | "decline";
}

/** Read the position of the device. */
interface LocationReading {
    id: string;
    kind: "location";
    expires_at: Time;
    app?: App;
}

type LocationAnswer = {
    answer: "ok";
    data: {
        latitude: number;
        longitude: number;
        /** ms since the epoch. Without it, the platform's time counts. */
        time?: number;
    };
} | {
    answer: "denied" | "unavailable" | "failed";
};

/** Describe the device. */
interface SystemInfoReading {
    id: string;
    kind: "system_info";
    expires_at: Time;
    app?: App;
}

type SystemInfoAnswer = {
    answer: "ok";
    data: {
        is_emulator?: boolean;
        is_rooted?: boolean;
        wifi_bssid?: string;
        wifi_ssid?: string;
        brand?: string;
        model?: string;
        product?: string;
        uuid?: string;
        idfa?: string;
        idfv?: string;
    };
} | {
    answer: "denied" | "unavailable" | "failed";
};

/** Read the wifi network that the device uses. */
interface WifiInfoReading {
    id: string;
    kind: "wifi_info";
    expires_at: Time;
    app?: App;
}

type WifiInfoAnswer = {
    answer: "ok";
    data: {
        wifi_bssid?: string;
        wifi_ssid?: string;
    };
} | {
    answer: "denied" | "unavailable" | "failed";
};

/** A request of the engine to the host. A call or the opening of a launch continues after the answer. */
type OpenAsk = ConsentSheet | PaymentSheet | DeeplinkSheet | ShareSheet | CameraSheet | URISheet | DeviceReading;

/** The answer to an ask. */
type Answer = ConsentAnswer | PaymentAnswer | DeeplinkAnswer | ShareAnswer | CameraAnswer | URIAnswer | DeviceAnswer;

/** Read a value from the device. A server with a simulated device never sends this ask. */
type DeviceReading = LocationReading | SystemInfoReading | WifiInfoReading;

/** Answers an ask for the device. */
type DeviceAnswer = LocationAnswer | SystemInfoAnswer | WifiInfoAnswer;

/** The user has decided about a consent, in any place. */
interface ConsentChangedEvent {
    name: "consent_changed";
    event: "consent.changed";
    data: {
        name: string;
        state: ConsentState;
    };
}

/** The device has changed. Ask for the state that you need. */
interface DeviceChangedEvent {
    name: "device_changed";
    event: "device.changed";
    data: Record<string, unknown>;
}

/** A call that waited for the host has a result without the host's answer. */
interface CallSettledEvent {
    name: "call_settled";
    event: "call.settled";
    data: {
        call_id: string;
        result: CallResult;
    };
}

/** An ask was closed without an answer. Close its sheet. */
interface AskClosedEvent {
    name: "ask_closed";
    event: "ask.closed";
    data: {
        ask_id: string;
        reason: EndReason;
    };
}

/** The launch has ended. */
interface LaunchEndedEvent {
    name: "launch_ended";
    event: "launch.ended";
    data: {
        reason: EndReason;
        /** The reason in words, in the language of the listener. */
        message: string;
    };
}

/** The newest value of a subscription. */
interface SubscriptionReadingEvent {
    name: "subscription_reading";
    event: "subscription.reading";
    data: {
        /** The call that started it. */
        call_id: string;
        /** The host's number of the page that called, if the call had one. */
        page?: number;
        subscription: string;
        /** The dialect's name of the event. */
        name?: string;
        at: Time;
        data: unknown;
        /** The readings of the documentation that decide the form of the event in the page. Absent for the defaults. */
        variants?: {
            [key: string]: string;
        };
    };
}

/** A subscription has ended. No reading follows. */
interface SubscriptionEndedEvent {
    name: "subscription_ended";
    event: "subscription.ended";
    /** The number of this report. It increases within the launch. */
    seq: number;
    data: {
        /** The call that started it. */
        call_id: string;
        /** The host's number of the page that called, if the call had one. */
        page?: number;
        subscription: string;
        reason: EndReason;
        error?: EventError;
    };
}

/** A job has got on. */
interface JobProgressEvent {
    name: "job_progress";
    event: "job.progress";
    /** The number of this report. It increases within the launch. */
    seq: number;
    data: {
        /** The call that started it. */
        call_id: string;
        /** The host's number of the page that called, if the call had one. */
        page?: number;
        /** The dialect's name of the event. */
        name?: string;
        data: unknown;
        /** The readings of the documentation that decide the form of the event in the page. Absent for the defaults. */
        variants?: {
            [key: string]: string;
        };
    };
}

/** A job is done. No event of it follows. */
interface JobDoneEvent {
    name: "job_done";
    event: "job.done";
    /** The number of this report. It increases within the launch. */
    seq: number;
    data: {
        /** The call that started it. */
        call_id: string;
        /** The host's number of the page that called, if the call had one. */
        page?: number;
        /** The dialect's name of the event. */
        name?: string;
        data: unknown;
        /** The readings of the documentation that decide the form of the event in the page. Absent for the defaults. */
        variants?: {
            [key: string]: string;
        };
    };
}

/** A job has failed, or was given up. No event of it follows. */
interface JobFailedEvent {
    name: "job_failed";
    event: "job.failed";
    /** The number of this report. It increases within the launch. */
    seq: number;
    data: {
        /** The call that started it. */
        call_id: string;
        /** The host's number of the page that called, if the call had one. */
        page?: number;
        /** The dialect's name of the event. */
        name?: string;
        reason: EndReason;
        error: EventError;
        /** The value for the page, if the dialect has one for a failure. */
        data?: unknown;
        /** The readings of the documentation that decide the form of the event in the page. Absent for the defaults. */
        variants?: {
            [key: string]: string;
        };
    };
}

/** Show a short text in the middle of the screen. It is text, never HTML. */
interface ToastShownEvent {
    name: "toast_shown";
    event: "toast.shown";
    /** The number of this report. It increases within the launch. */
    seq: number;
    data: {
        /** The call that started it. */
        call_id: string;
        /** The host's number of the page that called, if the call had one. */
        page?: number;
        message: string;
        duration_ms: number;
    };
}

/** Change the navigation bar of the mini app. An absent member stays as it is. */
interface NavigationBarChangedEvent {
    name: "navigation_bar_changed";
    event: "navigation_bar.changed";
    /** The number of this report. It increases within the launch. */
    seq: number;
    data: {
        /** The call that started it. */
        call_id: string;
        /** The host's number of the page that called, if the call had one. */
        page?: number;
        /** Text, never HTML. */
        title?: string;
        /** `#RRGGBB` or `#RRGGBBAA`; the last two digits are the opacity. */
        title_color?: string;
        /** `#RRGGBB` or `#RRGGBBAA`; the last two digits are the opacity. */
        background_color?: string;
        /** `float`: the bar is above the page, which begins at the top of the screen. */
        bar_style?: "normal" | "float";
        /** The buttons on the right side of the bar. */
        theme?: "light" | "dark";
        hide_back_button?: boolean;
    };
}

/** Let the device vibrate. */
interface VibrationStartedEvent {
    name: "vibration_started";
    event: "vibration.started";
    /** The number of this report. It increases within the launch. */
    seq: number;
    data: {
        /** The call that started it. */
        call_id: string;
        /** The host's number of the page that called, if the call had one. */
        page?: number;
        duration_ms: number;
    };
}

/** Put a text on the clipboard of the device. */
interface ClipboardWrittenEvent {
    name: "clipboard_written";
    event: "clipboard.written";
    /** The number of this report. It increases within the launch. */
    seq: number;
    data: {
        /** The call that started it. */
        call_id: string;
        /** The host's number of the page that called, if the call had one. */
        page?: number;
        text: string;
    };
}

/** Open another page of the mini app above the page that called. */
interface PagePushedEvent {
    name: "page_pushed";
    event: "page.pushed";
    /** The number of this report. It increases within the launch. */
    seq: number;
    data: {
        /** The call that started it. */
        call_id: string;
        /** The host's number of the page that called, if the call had one. */
        page?: number;
        /** On the mini app's origin, with query and fragment. */
        path: string;
    };
}

/** Close the page that called, and show the page below it. The first page of the launch stays. */
interface PagePoppedEvent {
    name: "page_popped";
    event: "page.popped";
    /** The number of this report. It increases within the launch. */
    seq: number;
    data: {
        /** The call that started it. */
        call_id: string;
        /** The host's number of the page that called, if the call had one. */
        page?: number;
    };
}

/** An event of a launch, by the stream or the socket. */
type LaunchEvent = ConsentChangedEvent | DeviceChangedEvent | CallSettledEvent | AskClosedEvent | LaunchEndedEvent | SubscriptionReadingEvent | SubscriptionEndedEvent | JobProgressEvent | JobDoneEvent | JobFailedEvent | ToastShownEvent | NavigationBarChangedEvent | VibrationStartedEvent | ClipboardWrittenEvent | PagePushedEvent | PagePoppedEvent;

type JsapiCode = 100 | 200 | 201 | 202 | 203 | 300 | 400 | 401 | 500;

interface GetAuthCodeData {
    /** 64 letters and digits, single use, valid for 5 minutes from MiniAppSDK, for 6 from gpContainer. */
    authCode: string;
}

interface GetBankAccountTokenData {
    /** An opaque token that the mini app's backend exchanges once, within 5 minutes. */
    token: string;
}

interface TriggerPaymentData {
    /** `success` paid, `cancelled` by the user, `failed` while processing, `pending` left unfinished. */
    status: "success" | "cancelled" | "failed" | "pending";
}

interface GetConsentData {
    /** The requested consent. */
    consent_name: string;
    /** Whether the user has given the consent. */
    has_consent: boolean;
}

interface GetLocationData {
    /** Degrees, WGS 84. */
    latitude: number;
    /** Degrees, WGS 84. */
    longitude: number;
    /** The time of the position, in ms since the epoch. */
    time: number;
}

interface GetSystemInfoData {
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
}

interface GetWifiInfoData {
    wifi_bssid: string;
    wifi_ssid: string;
}

interface ContainerV2GPMiniAppAuthGetAuthCodeData {
    /** 64 letters and digits, single use, valid for 5 minutes from MiniAppSDK, for 6 from gpContainer. */
    authCode: string;
}

interface ContainerV2GPLocationGetLocationData {
    coords: {
        /** Degrees, WGS 84. */
        latitude: number;
        /** Degrees, WGS 84. */
        longitude: number;
        /** The time of the position, in ms since the epoch. */
        time: number;
    };
}

interface ContainerV2GPLaunchPaymentData {
    /** `success` paid, `cancelled` by the user, `failed` while processing, `pending` left unfinished. */
    status: "success" | "cancelled" | "failed" | "pending";
}

interface ContainerV2GPGetBankAccountTokenData {
    /** An opaque token that the mini app's backend exchanges once, within 5 minutes. */
    token: string;
}

interface ContainerV2GPAuthorizeData {
    /** Whether the user has given the consent, by its name. */
    successScope?: {
        [key: string]: boolean;
    };
}

interface ContainerV2GPSystemGetSystemInfoData {
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
}

interface ContainerV2GPSystemGetRootedDeviceInfoData {
    /** `"true"` or `"false"`; a boolean with the variant `rooted`. */
    is_rooted: unknown;
}

interface ContainerV2GPSystemGetWifiInfoData {
    wifi_bssid: string;
    wifi_ssid: string;
}

interface ContainerV1GPMiniAppAuthGetAuthCodeData {
    /** 64 letters and digits, single use, valid for 5 minutes from MiniAppSDK, for 6 from gpContainer. */
    authCode: string;
}

interface ContainerV1GPLocationGetLocationData {
    coords: {
        /** Degrees, WGS 84. */
        latitude: number;
        /** Degrees, WGS 84. */
        longitude: number;
        /** The time of the position, in ms since the epoch. */
        time: number;
    };
}

interface ContainerV1GPLaunchPaymentData {
    /** `success` paid, `cancelled` by the user, `failed` while processing, `pending` left unfinished. */
    status: "success" | "cancelled" | "failed" | "pending";
}

interface ContainerV1GPNavigationBarGetHeightData {
    height: number;
    screenWidth: number;
    screenHeight: number;
}

type CallData = null | GetAuthCodeData | GetBankAccountTokenData | TriggerPaymentData | GetConsentData | GetLocationData | GetSystemInfoData | GetWifiInfoData | ContainerV2GPMiniAppAuthGetAuthCodeData | ContainerV2GPLocationGetLocationData | ContainerV2GPLaunchPaymentData | ContainerV2GPGetBankAccountTokenData | ContainerV2GPAuthorizeData | ContainerV2GPSystemGetSystemInfoData | ContainerV2GPSystemGetRootedDeviceInfoData | ContainerV2GPSystemGetWifiInfoData | ContainerV1GPMiniAppAuthGetAuthCodeData | ContainerV1GPLocationGetLocationData | ContainerV1GPLaunchPaymentData | ContainerV1GPNavigationBarGetHeightData;

interface Background {
    subscriptions: {
        subscription: string;
        call_id: string;
        method: string;
        started_at: Time;
    }[];
    jobs: {
        call_id: string;
        method: string;
        started_at: Time;
    }[];
}

/** The envelope of a call, in the dialect of the call. */
type CallResult = WebviewResult | ContainerResult;

/** The envelope of gpContainer. A success may have members beside data. A failure has its members in snake_case, in camelCase, or in both. */
type ContainerResult = {
    success?: boolean;
    ret: string;
    data?: CallData | string;
    msg?: string;
    error_code?: string | number;
    error_type?: string;
    error_message?: string;
    errorCode?: string | number;
    errorType?: string;
    errorMessage?: string;
} & {
    [key: string]: unknown;
};

interface WebviewResult {
    success: boolean;
    data: CallData;
    error: null | {
        code: JsapiCode;
        message: string;
    } | "Mini app is not found";
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

/** The part of the mini app that an ask shows. */
type AskApp = App;

interface Asked {
    /** Why the server refused the previous answer. The ask is still open; ask the person again. */
    problem?: Problem;
}

/** Show the consent sheet: before the launch opens, or because a call needs a consent. */
type ConsentAsk = ConsentSheet & Asked;

/** Show the payment sheet. */
type PaymentAsk = PaymentSheet & Asked;

/** Show the target of a deeplink. */
type DeeplinkAsk = DeeplinkSheet & Asked;

/** Show the share sheet of the device. */
type ShareAsk = ShareSheet & Asked;

/** Take a picture, or let the person choose one. Upload it before the answer `taken`: {@link MiniAppSession.upload}. */
type CameraAsk = CameraSheet & Asked;

/** Open an address outside the mini app. */
type URIAsk = URISheet & Asked;

/** Read a value from the device. A server with a simulated device never sends such an ask. */
type DeviceAsk = DeviceReading & Asked;

/** A question of the engine to the host, before it can finish a call or open a launch. */
type Ask = ConsentAsk | PaymentAsk | DeeplinkAsk | ShareAsk | CameraAsk | URIAsk | DeviceAsk;

/** Why an ask's signal was aborted; the value of `signal.reason`. */
type AskEnd = "settled" | "closed" | "launch_ended" | "page_gone" | "session_closed";

/** An error between the host and Selasar. */
declare class HostError extends Error {
    readonly code: string;
    readonly status: number;
    readonly name = "HostError";
    /**
     * @param code Selasar's stable code (`launch_unknown`, `forbidden_origin`, ...), or `unreachable` when no answer arrived.
     * @param status The HTTP status, 0 without an answer.
     */
    constructor(code: string, message: string, status?: number);
}

/** A mini app as the host protocol shows it. */
type MiniApp = App;

/** Why a launch was refused or has ended. */
interface Ending {
    /** A stable code: of Selasar, `session_closed` by this host, or the code of the {@link HostError} that ended the session. */
    reason: EndReason | "session_closed" | (string & {});
    /** The reason in words. Selasar writes them in the browser's language. */
    message: string;
}

/** The page's state in the frame: its document was loaded, it said hello over the bridge, or it left. */
type PageState = "loaded" | "connected" | "gone";

/** The members of an operator's answer that a host needs. Further members are ignored. */
type OpenedLaunch = Required<Pick<Launch, "launch_id" | "token" | "state" | "entry_url" | "app">> & Pick<Launch, "ask" | "reason" | "message">;

/** The options of {@link openMiniApp}. */
interface OpenOptions {
    /**
     * Selasar's base URL, `http://localhost:7300`; "" means the page's own origin. For another origin, the operator names the
     * page's origin to Selasar: `selasar serve --host-origin`.
     */
    api: string;
    /**
     * A launch that the operator's backend has opened: the answer of `POST /admin/v1/launches`, without the backend's API key.
     * The page then opens no launch of its own, and `miniAppId`, `userId` and `path` must be absent. A launch can be used once.
     */
    launch?: OpenedLaunch;
    /** The mini app's id; `selasar dev` defaults to its only mini app. */
    miniAppId?: string;
    /** The user's id; `selasar dev` defaults to the current user. */
    userId?: string;
    /** The path to open on the mini app's own origin, such as `/orders?id=7`; defaults to the entry. */
    path?: string;
    /** An empty frame, which the caller owns. The host sets its `name` and `src`. */
    frame: HTMLIFrameElement;
    /**
     * Shows an ask to the person and resolves with the answer. Asks for a person come one at a time, asks for the
     * device immediately.
     * The signal aborts when the ask ends without an answer (settled elsewhere, expired, page reloaded, launch ended);
     * close the sheet then. A rejection or undefined counts as "don't allow" for a consent or a deeplink,
     * "later" for a payment, "unavailable" for the device.
     * After a refused answer, the same ask comes again with `problem`, for example `insufficient_funds` or `offline`.
     * Calls of the same question share one ask.
     */
    onAsk(ask: Ask, signal: AbortSignal): Promise<Answer | undefined>;
    /** Gets the first state immediately, then every change; `ending` explains why a launch was refused or ended. */
    onState?(state: LaunchState, ending: Ending | undefined): void;
    /**
     * Gets the launch's events, after the session has handled them. After a lost connection, it first gets the reports of
     * subscriptions and jobs that it has missed. Readings that were missed do not come again.
     */
    onEvent?(event: LaunchEvent): void;
    /** Gets the page's state in the frame. */
    onPage?(page: PageState): void;
    /** Gets errors that do not end the session, such as a lost connection. */
    onError?(error: HostError): void;
}

/** The options of {@link MiniAppSession.openPage}. */
interface PageOptions {
    /** An empty frame, which the caller owns. */
    frame: HTMLIFrameElement;
    /** The path of the page on the mini app's origin, with query and fragment. */
    path: string;
    /** Gets the page's state in the frame. */
    onPage?(page: PageState): void;
}

/** A page of the launch in a frame of its own. */
interface MiniAppPage {
    /** Reports whether the frame has shown the document with this number, which events name as `page`. */
    has(page: number): boolean;
    /** Drops the page's calls, ends its subscriptions, and empties the frame. Safe to call twice. */
    close(): void;
}

/** The session's counters since it was opened. */
interface SessionStats {
    /** Calls of the page. */
    calls: number;
    /** Calls that got their result. */
    settled: number;
    /** Calls whose page was gone before the result arrived. */
    dropped: number;
    /** Window messages with the bridge's marker, but from a wrong origin or window. */
    foreign: number;
    /** Messages that are not of the protocol, or that change nothing. */
    ignored: number;
}

/** One launch of a mini app. */
interface MiniAppSession {
    readonly launchId: string;
    readonly app: MiniApp;
    readonly state: LaunchState;
    /** Why the launch was refused or has ended; undefined before. */
    readonly ending: Ending | undefined;
    readonly stats: Readonly<SessionStats>;
    /** Lists the subscriptions and jobs of the launch that still run. Rejects with a {@link HostError}. */
    background(): Promise<Background>;
    /**
     * Uploads a picture of the launch, for the answer `{answer: "taken", photo}` to a camera ask, and resolves with its id.
     * JPEG, PNG, WebP and HEIC with at most 20 MiB. Rejects with a {@link HostError}.
     */
    upload(picture: Blob): Promise<string>;
    /**
     * Opens another page of the mini app in a frame of its own, as the event `page_pushed` asks. The page has its own
     * connection and the same launch; all other pages stay. Throws a {@link HostError} when the launch is not open, or when
     * the path leaves the mini app's origin. Next: close the page when `page_popped` names one of its documents.
     */
    openPage(options: PageOptions): MiniAppPage;
    /**
     * Ends the launch, empties its frames, and removes every listener, port and socket. Safe to call twice.
     * The session calls it when the host page is reloaded, left or closed.
     */
    close(): Promise<void>;
}

/**
 * Opens a mini app in a frame of the page: in a new launch, or in `launch`, which the operator's backend has opened.
 * Resolves as soon as the launch exists; its state may still be `consent`, or be `refused`. Rejects with a
 * {@link HostError} when it cannot be created, or when `launch` is no launch. `onAsk`, `onState` and `onPage` report everything later; `onState` gets the first
 * state before the promise resolves. Next: show `session.app`, and call `session.close()` when the person leaves.
 */
declare function openMiniApp(options: OpenOptions): Promise<MiniAppSession>;

/** The methods of generation A, in the order of the page `list-of-jssdks-webview-v1`. */
declare const METHODS: readonly ["getAuthCode", "getBankAccountToken", "triggerPayment", "openDeeplink", "getConsent", "getLocation", "getSystemInfo", "getWifiInfo"];

/** A method's name in the catalogue. */
type MethodName = (typeof METHODS)[number];

/** The first GoPay app version that has the method. */
declare const SINCE: Record<MethodName, string>;

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

/** The documented name of each code, with which every message starts. */
declare const CODE_NAMES: Record<ErrorCode, string>;

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

/** The envelope of a call in another dialect. Its form is the dialect's; `ret` tells it from an {@link Envelope}. */
interface DialectEnvelope {
    ret: string | readonly string[];
    [member: string]: unknown;
}

/** The name of a family of dialects in which a page may call, besides the dialect of `MiniAppSDK`. */
type DialectFamily = "container";

/** The sender leaves: the page is being unloaded, or the host closes the pipe. Not answered. */
interface Bye {
    type: "bye";
}

/** The only answer to a call or to a question for the capabilities. */
interface Result {
    type: "result";
    id: number;
    /** A failure of the bridge itself is an {@link Envelope} in every dialect. */
    result: Envelope | DialectEnvelope;
}

/** The answer to a ping. */
interface Pong {
    type: "pong";
    id: number;
}

/** A person decides: the call's clock is stopped until it is resumed. */
interface Waiting {
    type: "waiting";
    id: number;
}

/** The person has decided: the call's clock starts again. */
interface Resumed {
    type: "resumed";
    id: number;
}

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

/** An event of the launch. */
interface EventMessage {
    type: "event";
    name: EventName;
    data: Events[EventName];
}

/** A message of a host to a page that it has welcomed. */
type HostMessage = Result | Pong | Waiting | Resumed | EventMessage | Bye;

/** One end of a pipe to the page: a `MessagePort`, or an object of the same shape. */
interface BridgePort {
    postMessage(message: HostMessage): void;
    onmessage: ((event: any) => void) | null;
    close(): void;
}

/** The messages that a running call can send to its page. */
interface CallControl {
    /** Aborted when the page is gone, so that the result has no receiver. */
    readonly signal: AbortSignal;
    /** The alias that the page called the method by, for messages; absent for the method's own name. */
    readonly name?: string | undefined;
    /** The family of dialects of the call; absent for `MiniAppSDK`. */
    readonly dialect?: DialectFamily | undefined;
    /** A person decides now; the page stops this call's clock. */
    waiting(): void;
    /** The person has decided; the clock starts again. */
    resumed(): void;
}

/** The envelope of a call, in its dialect. A failure of the host itself may have the form of `MiniAppSDK` in every dialect. */
type BridgeResult = Envelope | DialectEnvelope;

/** Runs a call of the page. After an exception or a rejection the page gets code 500. */
interface BridgeHandler {
    call(method: string, params: unknown, control: CallControl): BridgeResult | Promise<BridgeResult>;
    capabilities(): Envelope<Capabilities> | Promise<Envelope<Capabilities>>;
}

/**
 * The host's end of the bridge: reads the page's messages, runs at most `MAX_RUNNING` calls concurrently, and answers each
 * exactly once. It depends on neither windows nor servers, so every transport shares it.
 */
declare class Bridge {
    private readonly port;
    private readonly handler;
    readonly stats: SessionStats;
    /** Called once, when the page is gone or the bridge is closed. */
    onClose: (() => void) | undefined;
    private readonly open;
    private readonly places;
    private readonly gone;
    /**
     * @param port the page's pipe, which the bridge owns from now on
     * @param stats counters to increase; several bridges may share them
     */
    constructor(port: BridgePort, handler: BridgeHandler, stats?: SessionStats);
    /** Reports whether the page is gone. */
    get closed(): boolean;
    /** Sends an event to the page. */
    emit<N extends EventName>(name: N, data: Events[N]): void;
    /** Closes the port. Calls in flight are dropped and counted. Safe to call twice. */
    close(): void;
    private send;
    /** Handles one message of the page; never throws. */
    private receive;
    private take;
    private run;
    private answer;
}

export { openMiniApp };
export { Bridge };
export { HostError };
export { CODE_NAMES, ErrorCode, METHODS, SINCE };
export type { Answer, Ask, AskApp, AskEnd, AskedConsent, CameraAnswer, CameraAsk, ConsentAnswer, ConsentAsk, DeeplinkAnswer, DeeplinkAsk, DeviceAnswer, DeviceAsk, Money, PaymentAnswer, PaymentAsk, Problem, ShareAnswer, ShareAsk, URIAnswer, URIAsk, };
export type { BridgeHandler, BridgePort, CallControl, BridgeResult };
export type { Background, EndReason, Ending, LaunchEvent, LaunchState, MiniApp, MiniAppPage, MiniAppSession, OpenedLaunch, OpenOptions, PageOptions, PageState, SessionStats, };
export type { Capabilities, Capability, DialectEnvelope, DialectEvent, DialectFamily, Envelope, EventName, Events, HostMessage, MethodName, MiniAppError, };
