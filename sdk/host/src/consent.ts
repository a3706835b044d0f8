import type { Api, Launch, Standing } from "./api.js";
import type { Ask } from "./ask.js";
import { type Asks, defaultAnswer } from "./asks.js";
import { patient } from "./calls.js";
import type { HostError } from "./problem.js";

const over = new Set(["ask_expired", "ask_answered", "ask_unknown"]);
const TRIES = 3;

/**
 * Passes the consent ask of a launch to the person until the launch's state changes.
 * Resolves with the new state, or with undefined if the session or the launch ended before.
 */
export async function askForLaunch(
  asks: Asks,
  api: Api,
  launch: Launch,
  first: Ask,
  onError: ((error: HostError) => void) | undefined,
): Promise<Standing | undefined> {
  let ask = first;
  for (let tries = 1; ; tries++) {
    const outcome = tries > TRIES ? { answer: defaultAnswer(ask) } : await asks.put(ask);
    if ("ended" in outcome && outcome.ended !== "closed") return undefined;
    if ("answer" in outcome) {
      try {
        return await api.answer(launch, ask.id, outcome.answer);
      } catch (error) {
        const problem = error as HostError;
        onError?.(problem);
        if (patient.has(problem.code)) tries--;
        if (patient.has(problem.code) || problem.code === "answer_invalid" || (problem.code === "unreachable" && tries < TRIES)) {
          ask = { ...ask, problem: { code: problem.code, message: problem.message } };
          continue;
        }
        if (!over.has(problem.code)) throw error;
      }
    }
    // Settled elsewhere or expired: the server knows whether another sheet follows.
    const standing = await api.standing(launch);
    const next = standing.asks?.find(({ kind }) => kind === "consent");
    if (standing.state !== "consent" || !next) return standing;
    ask = next;
    tries = 0;
  }
}
