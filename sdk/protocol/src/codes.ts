/**
 * The error codes of generation A.
 * Classes: 1xx platform, 2xx mini app, 3xx permission, 4xx device and network, 5xx super app.
 * Source: `list-of-jssdks-webview-v1`.
 */
export const ErrorCode = {
  /** The method does not exist here: no host, too old an app, or an unknown name. */
  MethodNotSupported: 100,
  /** A required parameter is missing. */
  IncompleteParameter: 200,
  /** A parameter has the wrong type. */
  InvalidType: 201,
  /** A parameter's value is not accepted. */
  ParameterData: 202,
  /** The mini app is unknown, suspended, or its launch has ended. */
  MiniappNotRegistered: 203,
  /** The operator or the user has not allowed it. */
  PermissionDenied: 300,
  /** The device lacks what the method needs. */
  DeviceNotSupported: 400,
  /** Offline, or no answer in time. */
  NetworkError: 401,
  /** Something failed in the super app. */
  SuperappError: 500,
} as const;

/** One of the nine codes. */
export type ErrorCode = (typeof ErrorCode)[keyof typeof ErrorCode];

/** The documented name of each code, with which every message starts. */
export const CODE_NAMES: Record<ErrorCode, string> = {
  100: "Method not supported",
  200: "Incomplete parameter",
  201: "Invalid type",
  202: "Parameter data",
  203: "Miniapp not registered",
  300: "Permission denied",
  400: "Device not supported",
  401: "Network error",
  500: "Superapp error",
};
