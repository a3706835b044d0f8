import { CODE_NAMES, type ErrorCode } from "@selasar/miniapp-host";
import { CATALOGUE, type TextKey } from "../text/catalogue";

/** The documented name of a code of the JSAPIs; empty for another code. */
export function codeName(code: string | number): string {
  return Object.hasOwn(CODE_NAMES, code) ? CODE_NAMES[Number(code) as ErrorCode] : "";
}

/** What a code means and what to do about it, as keys of the catalogue; null for a code that it does not know. */
export function codeTexts(code: string | number): { meaning: TextKey; next: TextKey } | null {
  const meaning = `code_${code}`;
  const next = `code_${code}_next`;
  return isKey(meaning) && isKey(next) ? { meaning, next } : null;
}

const isKey = (key: string): key is TextKey => Object.hasOwn(CATALOGUE, key);
