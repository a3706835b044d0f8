import {
  CODE_NAMES,
  ErrorCode,
  failure,
  METHODS,
  SINCE,
  thrown,
  type Capabilities,
  type Envelope,
  type MethodName,
} from "@selasar/protocol";
import type { Answers } from "../dummy-loader.js";
import type { DummyAnswer, DummyOptions } from "../options.js";
import { checkParams } from "./params.js";
import { VALUES } from "./values.js";

let said = false;

/**
 * Answers every method without a host: it checks the parameters as documented, then returns the documented shape.
 * @param options is read at every call
 */
export function createDummy(options: DummyOptions): Answers {
  if (!said) console.info("MiniAppSDK: the dummy service answers, nothing here is real (useDummyService).");
  said = true;

  return async (question, params = {}, name = question) => {
    if (question === "ping") return failure(100, "Method not supported: no host, the dummy service answers");
    if (question === "capabilities") return { success: true, data: capabilities(), error: null };
    return answer(options, question, params, name).catch((error) => failure(ErrorCode.SuperappError, broken(name, error)));
  };
}

async function answer(options: DummyOptions, method: MethodName, params: unknown, called: string): Promise<Envelope> {
  const wrong = checkParams(method, params, called);
  if (wrong) return wrong;
  const given = (params ?? {}) as Record<string, string>;
  const set = options.answers?.[method];
  const { data, error, delay = options.delay ?? 0 }: DummyAnswer<MethodName> = (typeof set === "function" ? await set(given) : set) ?? {};
  if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay));
  if (error !== undefined) return typeof error === "number" ? named(error) : failure(error.code, error.message);
  const usual = VALUES[method](given);
  return { success: true, data: usual && { ...usual, ...data }, error: null };
}

function broken(method: string, error: unknown): string {
  return `${CODE_NAMES[ErrorCode.SuperappError]}: what the dummy service is set to answer to ${method} failed (${thrown(error)})`;
}

const named = (code: number): Envelope => failure(code, `${CODE_NAMES[code as ErrorCode] ?? "Error"}: as set for the dummy service`);

function capabilities(): Capabilities {
  const methods = METHODS.map((method) => [method, { available: true, min_version: SINCE[method] }] as const);
  return { app_version: VALUES.getSystemInfo({}).app_version, methods: Object.fromEntries(methods) };
}
