export { openMiniApp } from "./open.js";
export { Bridge } from "./bridge.js";
export { HostError } from "./problem.js";
export { CODE_NAMES, ErrorCode, METHODS, SINCE } from "@selasar/protocol";
export type {
  Answer,
  Ask,
  AskApp,
  AskEnd,
  AskedConsent,
  CameraAnswer,
  CameraAsk,
  ConsentAnswer,
  ConsentAsk,
  DeeplinkAnswer,
  DeeplinkAsk,
  DeviceAnswer,
  DeviceAsk,
  Money,
  PaymentAnswer,
  PaymentAsk,
  Problem,
  ShareAnswer,
  ShareAsk,
  URIAnswer,
  URIAsk,
} from "./ask.js";
export type { BridgeHandler, BridgePort, CallControl, BridgeResult } from "./handler.js";
export type {
  Background,
  EndReason,
  Ending,
  LaunchEvent,
  LaunchState,
  MiniApp,
  MiniAppPage,
  MiniAppSession,
  OpenedLaunch,
  OpenOptions,
  PageOptions,
  PageState,
  SessionStats,
} from "./session.js";
export type {
  Capabilities,
  Capability,
  DialectEnvelope,
  DialectEvent,
  DialectFamily,
  Envelope,
  EventName,
  Events,
  HostMessage,
  MethodName,
  MiniAppError,
} from "@selasar/protocol";
