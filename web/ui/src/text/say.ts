import { settings } from "../settings";
import { useStore } from "../store";
import { createSayers, type Say } from "./sayer";
import { texts } from "./texts";

const sayers = createSayers(texts);

export type PartText = Say<keyof typeof texts>;

/** Returns the texts of the shared parts, in the reader's language. */
export function usePartText(): PartText {
  return sayers[useStore(settings, (s) => s.language)];
}
