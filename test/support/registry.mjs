// A registry that serves a folder of packages, and nothing else, by the protocol of npm's registry.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Reads an archive of a package: its package.json, its bytes, and the address of its archive below the registry. */
async function read(path) {
  const [data, { stdout }] = await Promise.all([readFile(path), run("tar", ["-xzOf", path, "package/package.json"])]);
  const manifest = JSON.parse(stdout);
  return { data, manifest, route: `/${manifest.name}/-/${manifest.name.split("/").pop()}-${manifest.version}.tgz` };
}

function document({ data, manifest, route }, origin) {
  const integrity = `sha512-${createHash("sha512").update(data).digest("base64")}`;
  const version = { ...manifest, _id: `${manifest.name}@${manifest.version}`, dist: { tarball: origin + route, integrity } };
  return {
    name: manifest.name,
    "dist-tags": { latest: manifest.version },
    versions: { [manifest.version]: version },
    time: { [manifest.version]: "2020-01-01T00:00:00.000Z" },
  };
}

/**
 * Serves the archives of folders. Resolves with the registry's `origin`, the paths of its `requests` so far, and `close()`.
 * @param {string[]} folders with .tgz files
 */
export async function serveRegistry(...folders) {
  const paths = await Promise.all(folders.map(async (folder) => (await readdir(folder)).map((name) => join(folder, name))));
  const packages = await Promise.all(
    paths
      .flat()
      .filter((path) => path.endsWith(".tgz"))
      .map(read),
  );
  const requests = [];
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://registry").pathname);
    requests.push(path);
    const archive = packages.find(({ route }) => route === path);
    const named = packages.find(({ manifest }) => `/${manifest.name}` === path);
    if (archive) response.setHeader("Content-Type", "application/octet-stream").end(archive.data);
    else if (named)
      response.setHeader("Content-Type", "application/json").end(JSON.stringify(document(named, `http://${request.headers.host}`)));
    else response.writeHead(404, { "Content-Type": "application/json" }).end('{"error":"Not found"}');
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    requests,
    close() {
      server.closeAllConnections();
      return new Promise((closed) => server.close(closed));
    },
  };
}
