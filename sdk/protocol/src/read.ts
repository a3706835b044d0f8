import { ALIASES, METHODS, type MethodName } from "./catalogue.gen.js";
import { ErrorCode, CODE_NAMES } from "./codes.gen.js";
import { failure, type Envelope } from "./envelope.js";
import { MAX_BYTES, MAX_DEPTH, MAX_METHOD } from "./limits.js";
import { PROTOCOL, type Call, type DialectCall, type Hello, type PageMessage } from "./messages.js";
import { jsonBytes, weigh } from "./weigh.js";

const methods: ReadonlySet<unknown> = new Set(METHODS);

type Loose = Record<string, unknown>;

const isObject = (value: unknown): value is Loose => typeof value === "object" && value !== null;

const isId = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) > 0;

/** Reports whether a name is in the catalogue; a fixed list, so that `constructor` is not a method. */
const isMethod = (value: unknown): value is MethodName => methods.has(value);

/** Reports whether a window message has the protocol's marker, of any version. */
export const hasMarker = (data: unknown): boolean => isObject(data) && Object.hasOwn(data, "selasar");

/** Returns a hello of our version with a valid nonce, or undefined. */
export function readHello(data: unknown): Hello | undefined {
  if (!isObject(data) || data.selasar !== PROTOCOL || data.type !== "hello") return undefined;
  if (typeof data.nonce !== "string" || data.nonce.length < 8 || data.nonce.length > 128) return undefined;
  return { selasar: PROTOCOL, type: "hello", nonce: data.nonce };
}

/** An invalid call, with its answer. */
export interface Refusal {
  type: "refusal";
  id: number;
  result: Envelope;
}

const refuse = (id: number, code: ErrorCode, why: string): Refusal => ({
  type: "refusal",
  id,
  result: failure(code, `${CODE_NAMES[code]}: ${why}`),
});

/** Returns a page's message, a refusal for an invalid call that has an id, or undefined for anything else. */
export function readPageMessage(data: unknown): PageMessage | Refusal | undefined {
  if (!isObject(data)) return undefined;
  if (data.type === "bye") return { type: "bye" };
  if (!isId(data.id)) return undefined;
  switch (data.type) {
    case "call":
      return readCall(data, data.id);
    case "capabilities":
    case "ping":
      return { type: data.type, id: data.id };
    default:
      return undefined;
  }
}

function readCall({ dialect, method, name, params }: Loose, id: number): Call | DialectCall | Refusal {
  if (method === undefined) return refuse(id, ErrorCode.IncompleteParameter, "the call names no method");
  if (typeof method !== "string") return refuse(id, ErrorCode.InvalidType, "the method's name is no string");
  if (dialect !== undefined) return readDialectCall(dialect, method, params, id);
  if (!isMethod(method)) return refuse(id, ErrorCode.MethodNotSupported, `there is no method ${JSON.stringify(method.slice(0, 40))}`);
  const call: Call = { type: "call", id, method };
  if (typeof name === "string" && Object.hasOwn(ALIASES, name) && ALIASES[name] === method) call.name = name;
  if (params === undefined) return call;
  return checkParams(params, id) ?? { ...call, params };
}

/** Reads a call in another dialect. Selasar knows its methods, so that it can suggest a name for an unknown one. */
function readDialectCall(dialect: unknown, method: string, params: unknown, id: number): DialectCall | Refusal {
  if (dialect !== "container") return refuse(id, ErrorCode.MethodNotSupported, "the call is in an unknown dialect");
  if (method.length > MAX_METHOD) return refuse(id, ErrorCode.MethodNotSupported, `a method's name has at most ${MAX_METHOD} characters`);
  const call: DialectCall = { type: "call", id, dialect, method };
  if (params === undefined) return call;
  return checkParams(params, id) ?? { ...call, params };
}

function checkParams(params: unknown, id: number): Refusal | undefined {
  switch (weigh(params)) {
    case "deep":
      return refuse(id, ErrorCode.ParameterData, `the parameters are nested deeper than ${MAX_DEPTH} levels`);
    case "large":
      return refuse(id, ErrorCode.ParameterData, `the call has more than the ${MAX_BYTES} bytes of JSON that are taken`);
    case "not JSON":
      return refuse(id, ErrorCode.InvalidType, "the parameters are not JSON");
  }
  const bytes = jsonBytes(JSON.stringify(params));
  if (bytes <= MAX_BYTES) return undefined;
  return refuse(id, ErrorCode.ParameterData, `the call has ${bytes} bytes of JSON, at most ${MAX_BYTES} are taken`);
}
