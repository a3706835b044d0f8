// Code generated from the codes in internal/jsapi/dialect/webview. DO NOT EDIT.

/**
 * The error codes of generation A.
 * Classes: 1xx platform, 2xx mini app, 3xx permission, 4xx device and network, 5xx super app.
 * Source: `list-of-jssdks-webview-v1`.
 */
export const ErrorCode = {
  /** The method is unknown or newer than the GoPay app, or there is no host. */
  MethodNotSupported: 100,
  /** A required parameter is missing. */
  IncompleteParameter: 200,
  /** A parameter does not have the documented type. */
  InvalidType: 201,
  /** A parameter's value is not supported. */
  ParameterData: 202,
  /** The mini app is unknown or suspended, or its launch has ended. */
  MiniappNotRegistered: 203,
  /** The operator or the user has not permitted the call. */
  PermissionDenied: 300,
  /** The device lacks a feature that the method needs. */
  DeviceNotSupported: 400,
  /** The device is offline, or no answer came in time. */
  NetworkError: 401,
  /** The super app failed. */
  SuperappError: 500,
} as const;

/** One of the error codes. */
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
