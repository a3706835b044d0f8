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
  type SampleEnvelope,
} from "@selasar/protocol";
import { loadDummy } from "./dummy-file.js";
import { dummyLoader, type Answers } from "./dummy-loader.js";
import type { MiniAppOptions } from "./options.js";

/** Expands `getConsent("location")` to `getConsent({consent_name: "location"})`. Other values are passed on unchanged. */
const named = (name: string, value: unknown): unknown =>
  value === undefined || (typeof value === "object" && value && !Array.isArray(value)) ? value : { [name]: value };

/**
 * The JSAPIs of a GoPay mini app, generation A.
 *
 * Every method returns a promise that resolves exactly once with `{success, data, error}`, even after a failure, and is never
 * rejected. Without a host it resolves within 300 ms with code 100 and the reason. See `list-of-jssdks-webview-v1`.
 */
export class MiniAppSDK {
  private readonly _answers: Answers;
  private readonly _hears: boolean;

  /** Does not connect: the first call looks for the host. */
  constructor(options?: MiniAppOptions) {
    const { useDummyService, dummy, hostOrigins = [], timeout = CALL_TIMEOUT } = options ?? {};
    const { hosts, ask, welcomed } = page();
    for (const origin of hostOrigins) hosts.add(origin.replace(/\/$/, ""));
    this._hears = useDummyService !== "always";
    this._answers = (question, params, name) =>
      ask(
        question in SINCE ? { type: "call", method: question as MethodName, params, ...(name && { name }) } : { type: question as "ping" },
        timeout,
      );
    // Each method keeps its receiver: `const { getAuthCode } = sdk` works.
    for (const name of Object.getOwnPropertyNames(MiniAppSDK.prototype) as (keyof this)[]) {
      const method = this[name];
      if (name !== "constructor" && typeof method === "function")
        Object.defineProperty(this, name, { value: method.bind(this), writable: true, configurable: true });
    }
    if (useDummyService) this._answers = dummyLoader(loadDummy, dummy, this._hears && { ask: this._answers, welcomed });
  }

  /** Returns the code with which the mini app's backend logs the user in. Next: send `authCode` to your backend. */
  getAuthCode(): Promise<Envelope<Results["getAuthCode"]>> {
    return this._call("getAuthCode");
  }

  /** Returns a token for the user's bank account; needs the consent `bank_account`. Next: send `token` to your backend. */
  getBankAccountToken(): Promise<Envelope<Results["getBankAccountToken"]>> {
    return this._call("getBankAccountToken");
  }

  /** Opens the payment sheet. The status tells the page what to show; only your backend knows whether the payment is paid. */
  triggerPayment(params: Params["triggerPayment"]): Promise<SampleEnvelope<Results["triggerPayment"]>> {
    return this._call("triggerPayment", params);
  }

  /** Opens another page of the super app, `gopay://...`. `data` is null even on success. */
  openDeeplink(deeplink: string | Params["openDeeplink"]): Promise<Envelope<null>> {
    return this._call("openDeeplink", named("deeplink", deeplink));
  }

  /** An alias of {@link MiniAppSDK.openDeeplink}, as the documentation's sample names it. */
  openGopayDeeplink(deeplink: string | Params["openDeeplink"]): Promise<Envelope<null>> {
    return this._call("openDeeplink", named("deeplink", deeplink), "openGopayDeeplink");
  }

  /** Asks the user for one consent; returns immediately if it is given already. A refusal is `has_consent: false`. */
  getConsent(consent_name: string | Params["getConsent"]): Promise<SampleEnvelope<Results["getConsent"]>> {
    return this._call("getConsent", named("consent_name", consent_name));
  }

  /** Returns the location of the device; needs the consent `location`. */
  getLocation(): Promise<Envelope<Results["getLocation"]>> {
    return this._call("getLocation");
  }

  /** Returns the properties of the device; needs the consent `device_info`. */
  getSystemInfo(): Promise<Envelope<Results["getSystemInfo"]>> {
    return this._call("getSystemInfo");
  }

  /** Returns the Wi-Fi network of the device; needs the consent `wifi`. */
  getWifiInfo(): Promise<Envelope<Results["getWifiInfo"]>> {
    return this._call("getWifiInfo");
  }

  /** Reports whether a host answers this page. Without a host it takes at most 300 ms. */
  async isInHost(): Promise<boolean> {
    return (await this._answers("ping")).success;
  }

  /** Reports the state of each method. Without a host no method is available, and `reason` explains it. */
  async capabilities(): Promise<Capabilities> {
    const { data, error } = await this._answers("capabilities");
    if ((data as Capabilities | null)?.methods) return data as Capabilities;
    const methods: Record<string, Capability> = {};
    for (const method of METHODS) methods[method] = { available: false, min_version: SINCE[method], ...(error && { reason: error }) };
    return { app_version: null, methods };
  }

  /** Adds a listener for an event of the launch. Returns a function that removes it. */
  on<N extends EventName>(name: N, listener: Listener<N>): () => void {
    page().on(name, listener);
    if (this._hears) this.isInHost(); // connects, because only a host sends events
    return () => this.off(name, listener);
  }

  /** Removes a listener. */
  off<N extends EventName>(name: N, listener: Listener<N>): void {
    page().off(name, listener);
  }

  private _call(method: MethodName, params?: unknown, name?: string): Promise<any> {
    return this._answers(method, params, name);
  }
}
