import type { MethodName } from "./catalogue.gen.js";
import type { Envelope } from "./envelope.js";

/** The protocol's version; it is the value of `selasar` in the two messages that travel between windows. */
export const PROTOCOL = 1;

/** Page to host: "is there a host?" Holds nothing secret, for the host's origin is not known yet. */
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
  /** As the page gave it: the host's pipeline judges it. Absent when the method takes nothing. */
  params?: unknown;
}

/** Asks what may be called now. Answered by one {@link Result} whose data are `Capabilities`. */
export interface CapabilitiesRequest {
  type: "capabilities";
  id: number;
}

/** Asks whether the host is alive. Answered by one {@link Pong}. */
export interface Ping {
  type: "ping";
  id: number;
}

/** The sender leaves: the page is being unloaded, or the host takes the pipe away. Not answered. */
export interface Bye {
  type: "bye";
}

/** What a page sends once it is welcome. */
export type PageMessage = Call | CapabilitiesRequest | Ping | Bye;

/** The one answer to a call or to a question for capabilities. */
export interface Result {
  type: "result";
  id: number;
  result: Envelope;
}

/** The answer to a ping. */
export interface Pong {
  type: "pong";
  id: number;
}

/** A person decides: the call's clock stands still until it is resumed. */
export interface Waiting {
  type: "waiting";
  id: number;
}

/** The person has decided: the call's clock starts anew. */
export interface Resumed {
  type: "resumed";
  id: number;
}

/** What the events carry, by name. */
export interface Events {
  /** A consent was given, refused, taken back, or forgotten. */
  consentchange: { name: string; state: "given" | "refused" | "revoked" | "never_asked" };
  /** The device changed: ask for the capabilities again. */
  devicechange: Record<string, unknown>;
  /** The launch is over; calls answer 203 from now on. */
  launchend: { reason: string };
}

/** The name of an event. */
export type EventName = keyof Events;

/** Something happened to the launch. */
export interface EventMessage {
  type: "event";
  name: EventName;
  data: Events[EventName];
}

/** What a host sends to a page that it has welcomed. */
export type HostMessage = Result | Pong | Waiting | Resumed | EventMessage | Bye;
