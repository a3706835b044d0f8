import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Returns the commands of docs/payments.md for clients without a base URL: of the proxy, and of each language. */
export function recipe() {
  const page = readFileSync(`${root}docs/payments.md`, "utf8");
  const [, section] = /\n## Clients without a base URL\n([\s\S]*?)\n## /.exec(page);
  const [proxy, programs] = [...section.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, text]) => text.trim());
  const languages = {};
  let last;
  for (const line of programs.split("\n")) {
    if (line.startsWith("# ")) languages[(last = /^# (\w+)/.exec(line)[1])] = [];
    else languages[last].push(line);
  }
  return { proxy, languages };
}

/**
 * Runs the page's commands with bash, in a folder.
 * @param api the address of Selasar that replaces the page's
 */
export async function follow(api, folder) {
  const port = await freePort();
  const { proxy, languages } = recipe();
  const local = (line) => line.replaceAll("http://127.0.0.1:7300", api).replaceAll("7390", String(port));
  const child = bash(`exec ${local(proxy).replace("examples/", `${root}examples/`)}`, folder);
  await Promise.race([
    once(child.stdout, "data"),
    once(child, "exit").then(() => {
      throw new Error(`the proxy has ended: ${child.said()}`);
    }),
  ]);
  return {
    /**
     * Runs the commands of a language with another program in place of the page's, and returns what it prints.
     * @param replace the page's text for the program, and the program
     */
    async run(language, [text, program]) {
      const lines = languages[language].map(local);
      if (!lines.at(-1).endsWith(text)) throw new Error(`the page starts ${language} by ${lines.at(-1)}, and not by ${text}`);
      const last = `${lines.at(-1).slice(0, -text.length)}${program}`;
      const run = bash(["set -e", "unset SSL_CERT_DIR", ...lines.slice(0, -1), last].join("\n"), folder);
      const [code] = await once(run, "close");
      if (code !== 0) throw new Error(`${language}: ${code}: ${run.said()}`);
      return run.said();
    },
    async close() {
      child.kill();
      await once(child, "exit");
    },
  };
}

function bash(command, cwd) {
  const child = spawn("bash", ["-c", command], {
    cwd,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, NO_PROXY: "", no_proxy: "" },
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (text) => {
      said += text;
    });
  }
  return Object.assign(child, { said: () => said });
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}
