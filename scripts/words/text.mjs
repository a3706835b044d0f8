// The prose of a file: its text without the code.

const BLOCK = /\/\*[\s\S]*?\*\//g;
const LINE = /(?:^|\s)\/\/ ?(.*)$/;
const HASH = /(?:^|\s)# ?(.*)$/;

/**
 * Returns the prose of a file as `{ line, text }`: a document's lines outside of code blocks, a program's comments.
 * @param path names the language by its ending
 */
export function proseOf(path, source) {
  if (path.endsWith(".md")) return documentLines(source);
  if (/\.(go|tsx?|mjs|js)$/.test(path)) return comments(source);
  if (/\.ya?ml$/.test(path)) return lines(source).map(({ line, text }) => ({ line, text }));
  return lines(source).flatMap(({ line, text }) => capture(HASH, line, text));
}

const lines = (source) => source.split("\n").map((text, i) => ({ line: i + 1, text }));

const capture = (pattern, line, text) => {
  const found = pattern.exec(text);
  return found ? [{ line, text: found[1] }] : [];
};

/** Returns the lines of a document without its code: fenced blocks, and words between backquotes. */
function documentLines(source) {
  let fenced = false;
  return lines(source)
    .filter(({ text }) => {
      if (!text.trimStart().startsWith("```")) return !fenced;
      fenced = !fenced;
      return false;
    })
    .map(({ line, text }) => ({ line, text: text.replace(/`[^`]*`/g, "`code`") }));
}

function comments(source) {
  const found = [];
  const rest = source.replace(BLOCK, (block, at) => {
    const first = source.slice(0, at).split("\n").length;
    block.split("\n").forEach((text, i) => found.push({ line: first + i, text: text.replace(/^\s*(\/\*\*?|\*\/|\*)?\s?/, "") }));
    return block.replace(/[^\n]/g, " ");
  });
  for (const { line, text } of lines(rest)) found.push(...capture(LINE, line, text));
  return found.sort((a, b) => a.line - b.line);
}
