import { readFile, writeFile } from "node:fs/promises";

/**
 * Writes errors.html beside the simulator's page: docs/errors.md with the table of codes of docs/jsapi.md, for a reader who has the binary
 * and no network. A code of the JSAPIs and of BI-SNAP is the anchor of its row; headings have the anchors that they have in the repository.
 */
export async function writeErrors(to) {
  const errors = await readFile("docs/errors.md", "utf8");
  const reference = await readFile("docs/jsapi.md", "utf8");
  const codes = section(reference, "## Error codes");
  const body = errors.replace(/^(?=## )/m, `${codes}\n\n`);
  await writeFile(to, `<!doctype html>
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
${blocks(body).map(html).join("\n")}
</main>
</body>
</html>
`);
}

function section(text, heading) {
  const start = text.indexOf(heading);
  if (start < 0) throw new Error(`docs/jsapi.md has no ${heading}`);
  const end = text.indexOf("\n## ", start + 1);
  return text.slice(start, end < 0 ? undefined : end).trim();
}

const blocks = (text) => text.split(/\n{2,}/).map((block) => block.trim()).filter(Boolean);

function html(block) {
  const heading = /^(#+) (.*)$/.exec(block);
  if (heading) return `<h${heading[1].length} id="${slug(heading[2])}">${inline(heading[2])}</h${heading[1].length}>`;
  return block.startsWith("|") ? table(block.split("\n")) : `<p>${inline(block.replaceAll("\n", " "))}</p>`;
}

function table([head, , ...rows]) {
  const names = cells(head);
  const anchored = names[1] === "name" || names[1] === "message";
  const line = (tag, all) => all.map((cell) => `<${tag}>${inline(cell)}</${tag}>`).join("");
  const row = (all) => `<tr${anchored ? ` id="${all[0].split(", ")[0]}"` : ""}>${line("td", all)}</tr>`;
  return `<table class="table"><thead><tr>${line("th", names)}</tr></thead><tbody>\n${rows.map((text) => row(cells(text))).join("\n")}\n</tbody></table>`;
}

const cells = (line) => line.replace(/^\|\s*|\s*\|$/g, "").split(/\s+\|\s+/);
const slug = (text) => text.toLowerCase().replace(/[^a-z0-9 -]/g, "").replaceAll(" ", "-");

/** Code, and links: to what is on this page; other pages are in the repository, and only named. */
function inline(text) {
  const plain = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  return plain
    .replace(/`([^`]+)`/g, '<code class="mono">$1</code>')
    .replace(/\[([^\]]+)\]\(([^)]+)\)/g, (_, name, to) => (to === "jsapi.md#error-codes" ? `<a href="#error-codes">${name}</a>` : name));
}
