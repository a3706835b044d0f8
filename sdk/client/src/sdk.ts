import { page, type Listener } from "@selasar/page";
import {
  CALL_TIMEOUT,
  METHODS,
  SINCE,
  type Capabilities,
  type Capability,
  type Envelope,
  type EventName,
  type MethodName,
  type Params,
  type Results,
} from "@selasar/protocol";
import { loadDummy } from "./dummy-file.js";
import { dummyLoader, type Answers } from "./dummy-loader.js";
import type { MiniAppOptions } from "./options.js";

/** `getConsent("location")` means `getConsent({consent_name: "location"})`; anything wrong travels on as it is. */
const named = (name: string, value: unknown): unknown =>
  value === undefined || (typeof value === "object" && value && !Array.isArray(value)) ? value : { [name]: value };

/**
 * The JSAPIs of a GoPay mini app, generation A.
 *
 * Every method returns a promise that resolves with `{success, data, error}` exactly once, also on failure, and is never
 * rejected. Without a host it resolves within 300 ms with code 100 and the reason. See `list-of-jssdks-webview-v1`.
 */
export class MiniAppSDK {
  private readonly _answers: Answers;
  private readonly _hears: boolean;

  /** Does nothing yet: the host is looked for with the first call. */
  constructor(options?: MiniAppOptions) {
    const { useDummyService, dummy, hostOrigins = [], timeout = CALL_TIMEOUT } = options ?? {};
    const { hosts, ask, welcomed } = page();
    for (const origin of hostOrigins) hosts.add(origin.replace(/\/$/, ""));
    this._hears = useDummyService !== "always";
    this._answers = (question, params) =>
      ask(question in SINCE ? { type: "call", method: question as MethodName, params } : { type: question as "ping" }, timeout);
    if (useDummyService) this._answers = dummyLoader(loadDummy, dummy, this._hears && { ask: this._answers, welcomed });
  }

  /** The code with which the mini app's backend logs the user in. Next: send `authCode` to your backend. */
  getAuthCode(): Promise<Envelope<Results["getAuthCode"]>> {
    return this._call("getAuthCode");
  }

  /** A token for the user's bank account; needs the consent `bank_account`. Next: send `token` to your backend. */
  getBankAccountToken(): Promise<Envelope<Results["getBankAccountToken"]>> {
    return this._call("getBankAccountToken");
  }

  /** Opens the payment sheet. The status tells the page what to show; only your backend knows whether it is paid. */
  triggerPayment(params: Params["triggerPayment"]): Promise<Envelope<Results["triggerPayment"]>> {
    return this._call("triggerPayment", params);
  }

  /** Leaves for another place in the super app, `gopay://...`. `data` is null on success too. */
  openDeeplink(deeplink: string | Params["openDeeplink"]): Promise<Envelope<null>> {
    return this._call("openDeeplink", named("deeplink", deeplink));
  }

  /** The same as {@link MiniAppSDK.openDeeplink}, under the name of the documentation's sample. */
  openGopayDeeplink(deeplink: string | Params["openDeeplink"]): Promise<Envelope<null>> {
    return this.openDeeplink(deeplink);
  }

  /** Asks the user for one consent; answers at once when it is given already. A refusal is `has_consent: false`. */
  getConsent(consent_name: string | Params["getConsent"]): Promise<Envelope<Results["getConsent"]>> {
    return this._call("getConsent", named("consent_name", consent_name));
  }

  /** Where the device is; needs the consent `location`. */
  getLocation(): Promise<Envelope<Results["getLocation"]>> {
    return this._call("getLocation");
  }

  /** What the device is; needs the consent `device_info`. */
  getSystemInfo(): Promise<Envelope<Results["getSystemInfo"]>> {
    return this._call("getSystemInfo");
  }

  /** The wifi the device is in; needs the consent `wifi`. */
  getWifiInfo(): Promise<Envelope<Results["getWifiInfo"]>> {
    return this._call("getWifiInfo");
  }

  /** Whether a host answers this page. Takes at most 300 ms where there is none. */
  async isInHost(): Promise<boolean> {
    return (await this._answers("ping")).success;
  }

  /** What each method can do right now. Without a host none is available, and `reason` says why. */
  async capabilities(): Promise<Capabilities> {
    const { data, error } = await this._answers("capabilities");
    if ((data as Capabilities | null)?.methods) return data as Capabilities;
    const methods: Record<string, Capability> = {};
    for (const method of METHODS) methods[method] = { available: false, min_version: SINCE[method], ...(error && { reason: error }) };
    return { app_version: null, methods };
  }

  /** Listens to an event of the launch. Returns what ends it. */
  on<N extends EventName>(name: N, listener: Listener<N>): () => void {
    page().on(name, listener);
    if (this._hears) this.isInHost(); // so that there is somebody to hear from
    return () => this.off(name, listener);
  }

  /** Stops listening. */
  off<N extends EventName>(name: N, listener: Listener<N>): void {
    page().off(name, listener);
  }

  private _call(method: MethodName, params?: unknown): Promise<Envelope<any>> {
    return this._answers(method, params);
  }
}
