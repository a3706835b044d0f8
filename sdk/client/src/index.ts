export { MiniAppSDK as default, MiniAppSDK } from "./sdk.js";
export { MiniAppCallError, unwrap } from "./unwrap.js";
export { ErrorCode } from "@selasar/protocol";
export type { Listener } from "@selasar/page";
export type { DummyAnswer, DummyOptions, MiniAppOptions } from "./options.js";
export type {
  Capabilities,
  Capability,
  Envelope,
  EventName,
  Events,
  MethodName,
  MiniAppError,
  Params,
  Results,
  SampleEnvelope,
} from "@selasar/protocol";
