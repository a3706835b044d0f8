import { spawn } from "node:child_process";
import { stripVTControlCharacters } from "node:util";
import { environment } from "./project.mjs";

/**
 * Starts a starter's server as its developer does, with `npm run dev`. Resolves with `url`, which the server prints, and `stop()`.
 * @param node the folder of the Node to run under
 */
export async function startServer(project, node) {
  const child = spawn("npm", ["run", "dev"], { cwd: project, env: environment(node), detached: true, stdio: ["ignore", "pipe", "pipe"] });
  const closed = new Promise((resolve) => child.once("close", resolve));
  const stop = async () => {
    try {
      process.kill(-child.pid, "SIGKILL");
    } catch {
      // It has ended.
    }
    await closed;
  };
  let output = "";
  const url = await new Promise((resolve, reject) => {
    const read = (data) => {
      output += stripVTControlCharacters(String(data));
      const [found] = /http:\/\/(?:localhost|127\.0\.0\.1):\d+/.exec(output) ?? [];
      if (found) resolve(found);
    };
    for (const stream of [child.stdout, child.stderr]) stream.on("data", read);
    child.once("exit", (code) => reject(new Error(`npm run dev ended with ${code}: ${output}`)));
  }).catch(async (error) => {
    await stop();
    throw error;
  });
  return { url, stop };
}
