// Fails on phrases that make prose hard to read. `make lint` runs it over the whole repository.
//
//   node scripts/words.mjs             the repository
//   node scripts/words.mjs PATH...     these files and folders
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { PHRASES } from "./words/phrases.mjs";
import { proseOf } from "./words/text.mjs";

const READ = /\.(md|go|tsx?|mjs|js|ya?ml)$|^Makefile$|^scripts\/[a-z-]+$/;
const SKIP = /^(internal\/webui\/(simulator|sdk)\/|scripts\/words\/phrases|test\/words\/words\.test)|node_modules|package-lock|\.gen\./;

const paths = process.argv.slice(2);
const files = execFileSync("git", ["ls-files", "-co", "--exclude-standard", "--", ...(paths.length > 0 ? paths : ["."])], {
  encoding: "utf8",
})
  .split("\n")
  .filter((path) => READ.test(path) && !SKIP.test(path) && existsSync(path));

let found = 0;
for (const path of files) {
  for (const { line, text } of proseOf(path, readFileSync(path, "utf8"))) {
    for (const [phrase, better] of PHRASES) {
      const hit = phrase.exec(text);
      if (!hit) continue;
      found++;
      console.error(`${path}:${line}: "${hit[0].trim()}": ${better}`);
    }
  }
}
if (found > 0) {
  console.error(`words: ${found} phrases to rewrite in ${files.length} files`);
  process.exitCode = 1;
}
