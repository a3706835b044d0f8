import type { Answer, Ask } from "@selasar/miniapp-host";
import { createStore } from "@selasar/ui/store";
import { markSheet } from "./back";
import { destination, shade, type Away } from "./over";

/** The answer of the back gesture and Escape, for each kind of ask that a person answers in a sheet. */
const DISMISSED = {
  consent: { answer: "decline" },
  payment: { answer: "pending" },
  deeplink: { answer: "decline" },
  share: { answer: "cancelled" },
  camera: { answer: "cancelled" },
  uri: { answer: "decline" },
} as const satisfies Record<string, Answer>;

/** An ask that a person answers in a sheet. */
export type PersonalAsk = Extract<Ask, { kind: keyof typeof DISMISSED }>;

const isPersonal = (ask: Ask): ask is PersonalAsk => Object.hasOwn(DISMISSED, ask.kind);

/** The open sheet, with the function that answers it. */
export interface Sheet {
  ask: PersonalAsk;
  /** The answer was sent; the sheet closes unless the ask returns with a problem. */
  sent: boolean;
  leaving: boolean;
  answer(answer: Answer | undefined): void;
  /** Uploads a picture for the answer. */
  upload(picture: Blob): Promise<string>;
}

export const sheet = createStore<Sheet | null>(null);

/** The duration of a sheet's exit, and how long to wait for the reply to an answer before the exit starts. */
const SLIDE_MS = 160;
const SENT_MS = 80;

/** Shows the ask of launch `number` in a sheet. */
export function show(ask: Ask, signal: AbortSignal, number: number, upload: Sheet["upload"]): Promise<Answer | undefined> {
  // The server answers asks for the simulated device; one that still arrives here is "unavailable".
  if (!isPersonal(ask)) return Promise.resolve(undefined);
  const again = sheet.get()?.ask.id === ask.id;
  if (!again) markSheet(number);
  return new Promise((resolve) => {
    const shown: Sheet = {
      ask,
      sent: false,
      leaving: false,
      upload,
      answer(answer) {
        if (sheet.get()?.answer !== shown.answer || sheet.get()?.sent) return;
        resolve(answer);
        if (answer?.answer === "open") destination.set(awayOf(ask));
        leave(shown, SENT_MS);
      },
    };
    signal.addEventListener("abort", () => {
      resolve(undefined);
      leave(shown, 0);
    });
    shade.set(false);
    sheet.set(shown);
  });
}

/** Returns the place to which an ask leads that the person answered with "open". */
function awayOf(ask: PersonalAsk): Away | null {
  if (ask.kind === "deeplink") return { kind: "deeplink", link: ask.deeplink, appName: ask.app.name };
  return ask.kind === "uri" ? { kind: "uri", link: ask.uri, appName: ask.app.name } : null;
}

function leave(shown: Sheet, after: number): void {
  const mine = () => sheet.get()?.answer === shown.answer;
  if (mine()) sheet.set({ ...shown, sent: true });
  setTimeout(() => {
    if (mine()) sheet.set({ ...shown, sent: true, leaving: true });
  }, after);
  setTimeout(() => {
    if (mine()) sheet.set(null);
  }, after + SLIDE_MS);
}

/** Answers the open sheet as the back gesture and Escape do. */
export function dismiss(): boolean {
  const shown = sheet.get();
  if (!shown || shown.sent) return false;
  shown.answer(DISMISSED[shown.ask.kind]);
  return true;
}
