import { control } from "./api";
import { state } from "./live";
import type { Answers, Device, Patch } from "./shapes";

/*
 * Changes that panels and menus request. The page shows the `state` event that follows each change, never the response:
 * a late response must not undo another client's change.
 */

export async function changeDevice(patch: Patch<Device>): Promise<void> {
  await control.device(patch);
}

export async function changeAnswers(patch: Partial<Answers>): Promise<void> {
  await control.answers(patch);
}

/** Reports whether any sheet is answered automatically. */
export function isAutomatic(answers: Answers): boolean {
  return Object.values(answers).some((answer) => answer !== "ask");
}

/** Lets the person answer every sheet. */
export async function askAlways(): Promise<void> {
  const now = state.get()?.answers;
  if (now) await changeAnswers(Object.fromEntries(Object.keys(now).map((kind) => [kind, "ask"])) as Partial<Answers>);
}

export async function chooseUser(id: string): Promise<void> {
  await control.changeUser(id, { current: true });
}

export async function advanceClock(by: string): Promise<void> {
  await control.advance(by);
}
