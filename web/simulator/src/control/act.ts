import { control } from "./api";
import type { Answers, Device, Patch } from "./shapes";

/*
 * Changes that panels and menus ask for. What is shown comes from the `state` event that follows each of them, never from the answer:
 * an answer that is late must not undo what somebody else has changed meanwhile.
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
