// The starter projects: how each is made, what its page shows, and what a developer edits.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** A create tool at its version, and its arguments. They make the project in a folder with the starter's name. */
const create = (tool, version, line) => ({ tool, version, args: line.split(" ") });
const vite = (name) => create("create-vite", "9.3.0", `${name} --template ${name} --no-interactive`);
const next = create(
  "create-next-app",
  "16.4.3",
  "next --js --app --empty --no-tailwind --no-eslint --no-src-dir --no-react-compiler --import-alias @/* --use-npm --skip-install " +
    "--disable-git --no-agents-md --no-agent-feedback --yes",
);
const svelte = create("sv", "0.17.1", "create svelte --template demo --no-types --no-add-ons --no-install");

const counter = { press: /^Count is/, count: "button:has-text('Count is')" };

/**
 * - `create` makes the project; without it, the folder of this name is the project, because the create tools of Nuxt and
 *   Astro download their templates from GitHub, which is not pinned
 * - `shows` is a text of the untouched page
 * - `write` replaces a file by one with a counter, in a starter that has none
 * - `press` is the name of the button that counts, `count` the selector of the count
 * - `edit` changes a file while the page is open; the page then shows `to`, or has the colour `color`
 * - `complains` matches the errors that the starter itself writes into the console of every frame of another origin
 * - `node20` says that all its packages accept Node 20
 */
export const starters = {
  react: {
    title: "Vite with React",
    create: vite("react"),
    node20: true,
    shows: "Get started",
    ...counter,
    edit: { file: "src/App.jsx", from: "Get started", to: "Good morning" },
  },
  vue: {
    title: "Vite with Vue",
    create: vite("vue"),
    node20: true,
    shows: "Get started",
    ...counter,
    edit: { file: "src/components/HelloWorld.vue", from: "Get started", to: "Good morning" },
  },
  next: {
    title: "Next.js",
    create: next,
    node20: true,
    shows: "Hello World!",
    write: {
      file: "app/page.js",
      text: `"use client";
import { useState } from "react";

export default function Home() {
  const [count, setCount] = useState(0);
  return (
    <main>
      <h1>Get started</h1>
      <button onClick={() => setCount(count + 1)}>Count is {count}</button>
    </main>
  );
}
`,
    },
    ...counter,
    edit: { file: "app/page.js", from: "Get started", to: "Good morning" },
  },
  nuxt: {
    title: "Nuxt",
    shows: "Get started",
    complains: /Nuxt DevTools: Failed to check parent window|'__NUXT_DEVTOOLS_DISABLE__'/,
    ...counter,
    edit: { file: "app/app.vue", from: "Get started", to: "Good morning" },
  },
  // Svelte renders an edited component anew, so the edited one is beside the counter.
  svelte: {
    title: "SvelteKit",
    create: svelte,
    node20: true,
    shows: "try editing",
    press: "Increase the counter by one",
    count: ".counter-digits strong:not(.hidden)",
    edit: { file: "src/routes/Header.svelte", from: ">About<", to: ">Good morning<" },
  },
  // Astro loads the page again after a change of its HTML, and keeps it after a change of its style.
  astro: {
    title: "Astro",
    shows: "Get started",
    ...counter,
    edit: { file: "src/styles/page.css", from: "rgb(1, 2, 3)", to: "rgb(3, 2, 1)", color: "rgb(3, 2, 1)" },
  },
};

/** Applies the `edit` of a starter to a project. */
export async function applyEdit(project, { file, from, to }) {
  const path = join(project, file);
  const text = await readFile(path, "utf8");
  if (!text.includes(from)) throw new Error(`${file} of the starter does not contain ${from}`);
  await writeFile(path, text.replace(from, to));
}
