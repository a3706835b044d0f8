import { CATALOGUE, CODE_NAMES, ErrorCode, failure, type Envelope, type MethodName } from "@selasar/protocol";

const consents = [
  "location",
  "camera",
  "device_info",
  "wifi",
  "bank_account",
  "profile",
  "getLocation",
  "getCamera",
  "getDeviceInfo",
  "getProfile",
  "getSystemInfo",
  "getWifiInfo",
  "getBankAccountToken",
];

const refuse = (code: ErrorCode, why: string): Envelope => failure(code, `${CODE_NAMES[code]}: ${why}`);

/**
 * Returns the error for missing, mistyped or unusable parameters, as the platform does; undefined if they are valid.
 * @param called is the name that the page called: the method's own, or an alias
 */
export function checkParams(method: MethodName, params: unknown, called: string = method): Envelope | undefined {
  if (typeof params !== "object" || Array.isArray(params)) {
    return refuse(ErrorCode.InvalidType, `${called} takes an object`);
  }
  const given = (params ?? {}) as Record<string, unknown>;
  for (const { name, type, required } of CATALOGUE[method].params) {
    const value = given[name];
    if (value === undefined || (value === null && !required)) {
      if (required) return refuse(ErrorCode.IncompleteParameter, `${called} needs ${name}`);
    } else if (typeof value !== type) {
      return refuse(
        ErrorCode.InvalidType,
        `${name} of ${called} must be a ${type}, got ${value === null ? "null" : Array.isArray(value) ? "array" : typeof value}`,
      );
    }
  }
  return checkValues(method, given, called);
}

function checkValues(method: MethodName, { deeplink, consent_name }: Record<string, unknown>, called: string): Envelope | undefined {
  if (method === "getConsent" && !consents.includes(consent_name as string)) {
    return refuse(ErrorCode.ParameterData, `there is no consent ${consent_name}; the names are ${consents.slice(0, 6).join(", ")}`);
  }
  if (method === "openDeeplink" && !/^gopay:\/\/./.test(deeplink as string)) {
    return refuse(ErrorCode.ParameterData, `deeplink of ${called} must start with gopay://`);
  }
  if (method === "triggerPayment" && !isPayment(deeplink as string)) {
    return refuse(
      ErrorCode.ParameterData,
      `deeplink ${JSON.stringify(deeplink)} is not one of a payment: it must start with gopay://merchanttransfer and have the query of webRedirectUrl`,
    );
  }
  return undefined;
}

/** Reports whether a deeplink is one of a payment, as the platform reads it: with one reference number. */
function isPayment(deeplink: string): boolean {
  const query = /^gopay:\/\/merchanttransfer\/*\?(.*)$/.exec(deeplink)?.[1];
  const [ref, ...others] = new URLSearchParams(query).getAll("tref");
  return others.length === 0 && /^[!-~]{1,256}$/.test(ref ?? "");
}
