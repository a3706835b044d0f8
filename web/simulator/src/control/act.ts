import { control } from "./api";
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

export async function chooseUser(id: string): Promise<void> {
  await control.changeUser(id, { current: true });
}

export async function advanceClock(by: string): Promise<void> {
  await control.advance(by);
}
