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
];

const refuse = (code: ErrorCode, why: string): Envelope => failure(code, `${CODE_NAMES[code]}: ${why}`);

/** Returns the error for missing, mistyped or unusable parameters, as the platform does; undefined if they are valid. */
export function checkParams(method: MethodName, params: unknown): Envelope | undefined {
  if (typeof params !== "object" || Array.isArray(params)) {
    return refuse(ErrorCode.InvalidType, `${method} takes an object`);
  }
  const given = (params ?? {}) as Record<string, unknown>;
  for (const { name, type, required } of CATALOGUE[method].params) {
    const value = given[name];
    if (value === undefined || value === null) {
      if (required) return refuse(ErrorCode.IncompleteParameter, `${method} needs ${name}`);
    } else if (typeof value !== type) {
      return refuse(ErrorCode.InvalidType, `${name} of ${method} must be a ${type}`);
    }
  }
  return checkValues(method, given);
}

function checkValues(method: MethodName, { deeplink, consent_name }: Record<string, unknown>): Envelope | undefined {
  if (method === "getConsent" && !consents.includes(consent_name as string)) {
    return refuse(ErrorCode.ParameterData, `there is no consent ${consent_name}; the names are ${consents.slice(0, 6).join(", ")}`);
  }
  const leads = method === "openDeeplink" || method === "triggerPayment";
  if (leads && !/^gopay:\/\/./.test(deeplink as string)) {
    return refuse(ErrorCode.ParameterData, `deeplink of ${method} must start with gopay://`);
  }
  return undefined;
}
