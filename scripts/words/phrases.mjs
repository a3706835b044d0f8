/** Phrases that a reader has to read twice, each with a better way. */
export const PHRASES = [
  [/\bwhoever\b/i, "name the caller, the user, the process"],
  [/\blest\b/i, 'write "so that ... not"'],
  [/\bthereof\b/i, 'write "its", or name the thing'],
  [/\bfor ever\b/i, 'write "forever", "without a limit" or "never ends"'],
  [/\bas though\b/i, 'write "as if"'],
  [/\bis such that\b/i, "say what the code does"],
  [/\bwhat of\b/i, "name the part"],
  [/\bthose (that|who|whose|which)\b/i, "name the things: the requests that, the receivers whose"],
  [
    /(^|[.;:,(] )who (asks|hangs|calls|reads|sends|has|is|gets|wants|holds|waits)\b/i,
    "make the thing the subject: the caller, the receiver, the user",
  ],
  [/(^|[.;:] )(what|that which) \w+(s|ed) (is|are|has|gets|goes|comes|must|may)\b/i, "make the thing the subject, and say what it does"],
  [/\bnobody else's\b/i, "name the owner"],
  [/\b(it|that) is for (ever|good)\b/i, 'write "permanent", or say how long'],
  [/\bin the way\b/i, "name the conflict: the lock, the other transaction"],
  [/\ball the same\b/i, 'write "anyway" or "nevertheless", or leave it out'],
  [/\bby itself when\b/i, 'write "automatically when"'],
];
