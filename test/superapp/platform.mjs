// The super app of the examples on another site than the mini app, with a platform that docs/serve.md sets up.
import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, symlink } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseEnv, promisify } from "node:util";
import { toko } from "../../examples/toko/server.js";
import { superapp } from "../../examples/superapp/server.mjs";
import { startServe } from "../support/serve.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** A server whose listener is known later than its port. */
async function openPort() {
  let listener;
  const server = createServer((request, response) => listener(request, response));
  await once(server.listen(0, "127.0.0.1"), "listening");
  return {
    port: server.address().port,
    serve: (next) => (listener = next),
    close() {
      server.closeAllConnections();
      return new Promise((closed) => server.close(closed));
    },
  };
}

/** Returns the commands of a section of docs/serve.md. */
async function commands(title) {
  const page = await readFile(`${root}docs/serve.md`, "utf8");
  const section = page.split("\n## ").find((text) => text.startsWith(`${title}\n`));
  return [...section.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, text]) => text).join("");
}

/** Starts Selasar, the super app and toko. Resolves with `url` of the super app, `local(path)` for requests without a browser,
 * `selasar`, `follow(title)`, which runs a section of the page, and `stop()`. */
export async function startPlatform() {
  const [shop, app, folder] = await Promise.all([openPort(), openPort(), mkdtemp(join(tmpdir(), "selasar-superapp-"))]);
  await symlink(`${root}examples`, join(folder, "examples"));
  const url = `http://super.example:${app.port}`;
  const selasar = await startServe("--host-origin", url, "--allow-loopback");

  /** Runs the commands of sections of docs/serve.md with bash, in a folder of their own, at the addresses of this test. */
  const follow = async (...titles) => {
    const lines = await Promise.all(titles.map(commands));
    const script = ["set -euo pipefail", ...lines]
      .join("\n")
      .replaceAll("http://127.0.0.1:7300", selasar.url)
      .replaceAll("http://127.0.0.1:7400", selasar.operatorUrl)
      .replaceAll("http://localhost:8090", `http://localhost:${shop.port}`)
      .replaceAll("PASTE-THE-KEY", selasar.key);
    const env = { ...process.env, NO_PROXY: "*", no_proxy: "*" };
    return (await promisify(execFile)("bash", ["-c", script], { cwd: folder, env })).stdout;
  };
  await follow("Start the platform", "Register a mini app", "Open it for your users");
  const read = async (name) => parseEnv(await readFile(join(folder, "selasar-data", name), "utf8"));
  const server = toko({ ...(await read("toko.env")), TOKO_HOST_ORIGINS: url });
  shop.serve((request, response) => server.emit("request", request, response));
  app.serve(superapp({ ...(await read("superapp.env")), SELASAR_URL: selasar.url, SELASAR_OPERATOR_URL: selasar.operatorUrl }));
  return {
    url,
    local: (path) => `http://127.0.0.1:${app.port}${path}`,
    selasar,
    follow: (title) => follow("Start the platform", title),
    async stop() {
      await Promise.all([selasar.stop(), shop.close(), app.close()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
