import type { MethodName } from "./catalogue.gen.js";
import type { DialectEnvelope, Envelope } from "./envelope.js";

/** The protocol's version; the value of `selasar` in the two messages between windows. */
export const PROTOCOL = 1;

/** Page to host: "is there a host?" Contains no secret, because the host's origin is not known yet. */
export interface Hello {
  selasar: typeof PROTOCOL;
  type: "hello";
  nonce: string;
}

/** Host to page: "yes". In a frame it carries a private port, in a WebView only the nonce. */
export interface Welcome {
  selasar: typeof PROTOCOL;
  type: "welcome";
  nonce: string;
  launchId: string;
}

/** Runs a method. Answered by one {@link Result}, with any number of {@link Waiting} and {@link Resumed} before it. */
export interface Call {
  type: "call";
  id: number;
  method: MethodName;
  /** The alias that the page called the method by, for messages. */
  name?: string;
  /** The page's parameters, unchanged: the host's pipeline checks them. Absent when the method has no parameters. */
  params?: unknown;
}

/** The name of a family of dialects in which a page may call, besides the dialect of `MiniAppSDK`. */
export type DialectFamily = "container";

/** Runs a method of another dialect. Selasar knows the methods, and answers in the dialect. */
export interface DialectCall {
  type: "call";
  id: number;
  dialect: DialectFamily;
  /** The full name, such as `GPLocation.getLocation`. */
  method: string;
  params?: unknown;
}

/** Asks for the available methods. Answered by one {@link Result} whose data are `Capabilities`. */
export interface CapabilitiesRequest {
  type: "capabilities";
  id: number;
}

/** Asks whether the host is alive. Answered by one {@link Pong}. */
export interface Ping {
  type: "ping";
  id: number;
}

/** The sender leaves: the page is being unloaded, or the host closes the pipe. Not answered. */
export interface Bye {
  type: "bye";
}

/** A message of a page after its welcome. */
export type PageMessage = Call | DialectCall | CapabilitiesRequest | Ping | Bye;

/** The only answer to a call or to a question for the capabilities. */
export interface Result {
  type: "result";
  id: number;
  /** A failure of the bridge itself is an {@link Envelope} in every dialect. */
  result: Envelope | DialectEnvelope;
}

/** The answer to a ping. */
export interface Pong {
  type: "pong";
  id: number;
}

/** A person decides: the call's clock is stopped until it is resumed. */
export interface Waiting {
  type: "waiting";
  id: number;
}

/** The person has decided: the call's clock starts again. */
export interface Resumed {
  type: "resumed";
  id: number;
}

/** An event of another dialect, for the scripts that speak it. */
export interface DialectEvent {
  name: string;
  data: unknown;
  /** The chosen readings of the documentation for the form of the event; absent for the defaults. */
  variants?: Readonly<Record<string, string>>;
}

/** The data of the events, by name. */
export interface Events {
  /** A consent was given, refused, revoked or forgotten. */
  consentchange: { name: string; state: "given" | "refused" | "revoked" | "never_asked" };
  /** The device changed; the capabilities may differ. */
  devicechange: Record<string, unknown>;
  /** The launch has ended; calls return 203 from now on. `reason` is a stable code, `message` its words. */
  launchend: { reason: string; message: string };
  /** An event of another dialect: a reading of a sensor, or the end of a job. `name` is its name in the dialect. */
  dialectevent: DialectEvent;
}

/** The name of an event. */
export type EventName = keyof Events;

/** An event of the launch. */
export interface EventMessage {
  type: "event";
  name: EventName;
  data: Events[EventName];
}

/** A message of a host to a page that it has welcomed. */
export type HostMessage = Result | Pong | Waiting | Resumed | EventMessage | Bye;
