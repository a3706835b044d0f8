import { grouped } from "@selasar/ui/format/money";
import { span } from "@selasar/ui/format/time";
import type { TextKey } from "../text/catalogue";
import { CATALOGUE } from "../text/catalogue";
import type { Say } from "../text/sayer";
import type { Entry, Kind } from "./entry";

type Saying = (say: Say, ...parts: string[]) => string;

/*
 * The server writes titles and a few messages in English. What it writes of a kind is one of a few; here they are, as what is left of the
 * title without the kind, and said in the reader's language. What is not here stays as it came.
 */
const TITLES: Partial<Record<Kind, readonly (readonly [RegExp, Saying])[]>> = {
  launch: [[/^(open|refused|ended)$/, word("title")]],
  consent: [[/^(\S+) (given|refused|revoked|forgotten)$/, (say, name, action) => `${name} ${word("state")(say, action!)}`]],
  payment: [
    [/^(created|pending|paid|cancelled|failed|expired) (Rp\S+)$/, (say, state, amount) => `${word("payment")(say, state!)} ${amount}`],
    [/^refunded (Rp\S+) of (Rp\S+)$/, (say, amount = "", all = "") => say("titleRefunded", { amount, all })],
    [/^(refused)$/, word("title")],
  ],
  notification: [
    [/^(.+?) (queued|not delivered|delivered|dead|replayed)$/, (say, status, what) => `${status} ${word("title")(say, what!)}`],
  ],
  message: [
    [
      /^(push|reminder) (shown|deleted|dismissed): (.*)$/,
      (say, kind, what, template) => `${word("title")(say, kind!)} ${word("title")(say, what!)}: ${template}`,
    ],
  ],
  reward: [
    [
      /^rewarded with (\d+) (coins|gems)$/,
      (say, n, unit) => say("titleRewarded", { what: `${grouped(Number(n))} ${say(unit === "coins" ? "coinsUnit" : "gemsUnit")}` }),
    ],
    [/^rewarded with (Rp\S+)$/, (say, what = "") => say("titleRewarded", { what })],
  ],
  credential: [[/^credentials (rotated|revoked)$/, word("title")]],
  device: [[/^(changed|answers chosen)$/, word("title")]],
  user: [[/^(added|changed|switched)$/, word("title")]],
  clock: [[/^advanced by (\S+)$/, (say, by = "") => say("titleAdvanced", { by: span(milliseconds(by), say) || by })]],
  page: [
    [/^headers lifted on (.*)$/, (say, path = "") => say("titleLifted", { path })],
    [/^the mini app's page is (unreachable|reachable again)$/, word("title")],
  ],
  command: [[/^dev\.command (starting|running|exited)$/, (say, phase) => `dev.command ${word("title")(say, phase!)}`]],
  warning: [[/^(payment trusted without proof|auth code replayed|payment without pointOfPurchaseId)$/, word("title")]],
  mini_app: [[/^(suspended|activated)$/, word("title")]],
  fault: [
    [/^(added|removed): (.*)$/, (say, what, which) => `${word("title")(say, what!)}: ${which}`],
    [/^faults removed: (\d+)$/, (say, n) => `${say("title_removed")}: ${n}`],
  ],
};

const MESSAGES: readonly (readonly [RegExp, Saying])[] = [
  [/^(the user closed the mini app|nobody answered the consent sheet in time|the platform was reset)$/, word("reason")],
  [
    / cannot open without: (.+)$/,
    (say, names = "") =>
      say("reasonWithout", {
        names: names
          .split(", ")
          .map((name) => word("thing")(say, name))
          .join(", "),
      }),
  ],
  [/^mini app ".*" is suspended by its operator$/, (say) => say("reasonSuspended")],
  [/^the wallet holds (\S+), (\S+) short; /, (say, held = "", missing = "") => say("reasonShort", { held, missing })],
];

/** The title without its kind, which stands before it, as one reads it in a language. */
export function titleIn(say: Say, { kind, title }: Entry): string {
  const start = kind.replace("_", " ") + " ";
  const rest = title.startsWith(start) ? title.slice(start.length) : title;
  return said(TITLES[kind], say, rest) ?? rest;
}

/** A message of the server's, such as why a launch ended. */
export function messageIn(say: Say, message: string): string {
  return said(MESSAGES, say, message) ?? message;
}

function said(known: readonly (readonly [RegExp, Saying])[] | undefined, say: Say, text: string): string | undefined {
  for (const [pattern, saying] of known ?? []) {
    const found = pattern.exec(text);
    if (found) return saying(say, ...found.slice(1));
  }
  return undefined;
}

/** A word of the server's that has a text of its own in the catalogue: `title_paid` for "paid". */
function word(group: string): Saying {
  return (say, text = "") => {
    const key = `${group}_${text}`;
    return Object.hasOwn(CATALOGUE, key) ? say(key as TextKey) : text;
  };
}

const UNITS: Record<string, number> = { h: 3_600_000, m: 60_000, s: 1_000 };

/** A duration as Go writes it: "7m0s", "24h0m0s"; 0 for one of less than a second. */
function milliseconds(text: string): number {
  return [...text.matchAll(/(\d+)([hms])/g)].reduce((sum, [, n, unit]) => sum + Number(n) * UNITS[unit!]!, 0);
}
