/** The JSON of the control API, as `spec/openapi.yaml` describes it. Times are milliseconds since the epoch. */
export type {
  Answers,
  Consent,
  Consents,
  ConsentState,
  Credentials,
  Device,
  DeviceFile,
  Fault,
  Faulty,
  LedgerLine,
  Message,
  Money,
  MotionPath,
  Movement,
  NewUser,
  Notification,
  Path,
  Payment,
  Place,
  Refund,
  RegisteredApp as App,
  State,
  StateChange,
  Target,
  Try,
  Unit,
  User,
  UserChange,
  Variants,
  Wallet,
} from "@selasar/protocol/openapi";
import type { Device, MotionPath } from "@selasar/protocol/openapi";

export type Motion = Device["motion"];
export type MotionPoint = MotionPath["points"][number];

/** A merge patch (RFC 7396) of T: an absent member stays unchanged, and null removes one. */
export type Patch<T> = { [K in keyof T]?: T[K] extends object | undefined ? Patch<T[K]> | null : T[K] | null };
