import { CODE_NAMES, type ErrorCode } from "@selasar/miniapp-host";
import { CATALOGUE, type TextKey } from "../text/catalogue";

/** Returns the documented name of a JSAPI's code; empty for another code. */
export function codeName(code: string | number): string {
  return Object.hasOwn(CODE_NAMES, code) ? CODE_NAMES[Number(code) as ErrorCode] : "";
}

/** Returns the catalogue's keys for a code's meaning and next step in a method; null for an unknown code. */
export function codeTexts(code: string | number, method: string): { meaning: TextKey; next: TextKey } | null {
  const meaning = `code_${code}`;
  // A deeplink needs the allow-list and no consent.
  const next = /deeplink/i.test(method) && isKey(`code_${code}_deeplink_next`) ? `code_${code}_deeplink_next` : `code_${code}_next`;
  return isKey(meaning) && isKey(next) ? { meaning, next } : null;
}

const isKey = (key: string): key is TextKey => Object.hasOwn(CATALOGUE, key);
