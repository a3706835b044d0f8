import type { SignName } from "@selasar/ui/parts/sign";
import type { TextKey } from "../text/catalogue";
import type { Entry } from "./entry";

interface Look {
  sign: SignName;
  tone: "good" | "bad" | "amber" | "accent" | "calm";
  word: TextKey;
}

/** The sign of an outcome. A sign and a word always accompany the colour. */
export const OUTCOMES: Record<Entry["outcome"], Look> = {
  ok: { sign: "check", tone: "good", word: "outcome_ok" },
  failed: { sign: "cross", tone: "bad", word: "outcome_failed" },
  open: { sign: "clock", tone: "accent", word: "outcome_open" },
  info: { sign: "dash", tone: "calm", word: "outcome_info" },
  warning: { sign: "warn", tone: "amber", word: "outcome_warning" },
};
