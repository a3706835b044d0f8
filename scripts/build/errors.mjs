import { readFile, writeFile } from "node:fs/promises";
import { Marked } from "marked";

/**
 * Writes errors.html next to the simulator's page: docs/errors.md with the table of codes of docs/jsapi.md, for a reader who has the binary
 * and no network. A JSAPI or BI-SNAP code is the anchor of its row; headings have the same anchors as in the repository.
 */
export async function writeErrors(to) {
  const errors = await readFile("docs/errors.md", "utf8");
  const reference = await readFile("docs/jsapi.md", "utf8");
  const codes = section(reference, "## Error codes");
  const body = errors.replace(/^(?=## )/m, `${codes}\n\n`);
  await writeFile(
    to,
    `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <title>Errors · Selasar</title>
  <link rel="icon" href="./icon.svg">
  <script src="./early.js"></script>
  <link rel="stylesheet" href="./app.css">
</head>
<body>
<main class="errors-page" lang="en">
${markdown.parse(body)}</main>
</body>
</html>
`,
  );
}

function section(text, heading) {
  const start = text.indexOf(heading);
  if (start < 0) throw new Error(`docs/jsapi.md has no ${heading}`);
  const end = text.indexOf("\n## ", start + 1);
  return text.slice(start, end < 0 ? undefined : end).trim();
}

const slug = (text) =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9 -]/g, "")
    .replaceAll(" ", "-");

const markdown = new Marked({
  renderer: {
    heading({ depth, text, tokens }) {
      return `<h${depth} id="${slug(text)}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
    },
    table({ header, rows }) {
      const anchored = header[1].text === "name" || header[1].text === "message";
      const line = (tag, cells) => cells.map((cell) => `<${tag}>${this.parser.parseInline(cell.tokens)}</${tag}>`).join("");
      const row = (cells) => `<tr${anchored ? ` id="${cells[0].text.split(", ")[0]}"` : ""}>${line("td", cells)}</tr>`;
      return `<table class="table"><thead><tr>${line("th", header)}</tr></thead><tbody>\n${rows.map(row).join("\n")}\n</tbody></table>\n`;
    },
    codespan({ text }) {
      return `<code class="mono">${escaped(text)}</code>`;
    },
    /** A link to another page becomes its name, because only the repository has the page. */
    link({ href, tokens }) {
      const name = this.parser.parseInline(tokens);
      return href === "jsapi.md#error-codes" ? `<a href="#error-codes">${name}</a>` : name;
    },
  },
});

const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
