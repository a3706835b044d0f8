import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import test from "node:test";
import { promisify } from "node:util";
import { PHRASES } from "../../scripts/words/phrases.mjs";
import { proseOf } from "../../scripts/words/text.mjs";

/** Runs the script on one file with this text. Resolves with its exit code and its output. */
async function check(context, name, text) {
  const folder = await mkdtemp("test/words/tmp-");
  context.after(() => rm(folder, { recursive: true, force: true }));
  await writeFile(join(folder, name), text);
  const { code = 0, stderr = "" } = await promisify(execFile)(process.execPath, ["scripts/words.mjs", folder]).catch((error) => error);
  return { code, stderr };
}

test("a phrase in a comment fails, and the message has its position and a better phrase", async (t) => {
  const { code, stderr } = await check(t, "a.go", "package a\n\n// Lock is held, lest the next one reads it.\nvar x int\n");
  assert.equal(code, 1);
  assert.match(stderr, /a\.go:3: "lest": write "so that \.\.\. not"/);
});

test("code and strings are not prose", async (t) => {
  const { code, stderr } = await check(t, "a.ts", 'export const lest = "whoever";\nconst url = "http://whoever/";\n');
  assert.equal(code, 0, stderr);
});

test("a document is read without its code", () => {
  const text = "Whoever\n\n```sh\nlest\n```\n\nSay `thereof` here.\n";
  assert.deepEqual(
    proseOf("a.md", text)
      .map(({ line, text }) => `${line} ${text}`)
      .filter((each) => each.length > 2),
    ["1 Whoever", "7 Say `code` here."],
  );
});

test("a block comment keeps its line numbers", () => {
  const found = proseOf("a.ts", "const a = 1; // one\n/**\n * two\n */\nconst b = 2; // three\n");
  assert.deepEqual(
    found.filter(({ text }) => text).map(({ line, text }) => [line, text]),
    [
      [1, "one"],
      [3, "two"],
      [5, "three"],
    ],
  );
});

test("every phrase matches a bad sentence, and no phrase matches plain sentences", () => {
  const bad = [
    "for whoever reads it",
    "lest it waits",
    "the end thereof",
    "it waits for ever",
    "as though it were new",
    "begin is such that it waits",
    "what of a user was set",
    "those that wait come first",
    "Who asks gets an answer",
    "What failed has no row",
    "nobody else's key",
    "it is for good",
    "a lock is in the way",
    "it passes all the same",
    "it ends by itself when idle",
  ];
  assert.equal(bad.length, PHRASES.length);
  bad.forEach((sentence, i) => assert.match(sentence, PHRASES[i][0]));
  for (const good of ["The caller, who has signed in, pays.", "What it returns is documented.", "The forest is north of the city."])
    for (const [phrase] of PHRASES) assert.doesNotMatch(good.replace("who has", "whose name has"), phrase);
});
