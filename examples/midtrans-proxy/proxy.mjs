// A proxy that ends TLS, for clients of Midtrans that have no setting for the base URL. It answers every host below midtrans.com
// with Selasar, and passes the connections of all other hosts through. docs/payments.md shows how to use it.
//
//   node examples/midtrans-proxy/proxy.mjs http://127.0.0.1:7300 --listen 127.0.0.1:7390 --ca midtrans-ca.pem
//
// It needs Node 20 and openssl, and no packages.
import { execFile } from "node:child_process";
import { copyFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, request as send } from "node:http";
import { createServer as createTLSServer } from "node:https";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs, promisify } from "node:util";

const run = promisify(execFile);

/** Reports whether Selasar answers for this host. Production is one of them: a test must never reach it. */
export const ended = (host) => host === "midtrans.com" || host.endsWith(".midtrans.com");

/**
 * Starts the proxy.
 * @param options.to the address of Selasar
 * @param options.ca the file that gets the certificate that clients must trust
 * @param options.host where to listen
 * @param options.port 0 for any free port
 * @returns its address in `url`, and `close()`
 */
export async function openProxy({ to, ca, host = "127.0.0.1", port = 0 }) {
  const certificate = await certify(ca);
  const inner = createTLSServer(certificate, forward(new URL(to)));
  const outer = createServer((_, answer) => {
    answer.writeHead(400, { "Content-Type": "text/plain" }).end("This proxy is for https only: set https_proxy, and not http_proxy.\n");
  });
  const open = new Set();
  outer.on("connect", ({ url }, socket, head) => {
    open.add(socket.once("close", () => open.delete(socket)));
    socket.on("error", () => socket.destroy()); // the client has gone
    const target = URL.canParse(`http://${url}`) ? new URL(`http://${url}`) : undefined;
    if (!target) return socket.end("HTTP/1.1 400 Bad Request\r\n\r\n");
    if (!ended(target.hostname)) return pass(target, url, socket, head);
    socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
    socket.unshift(head);
    inner.emit("connection", socket);
  });
  await new Promise((listening, failed) => outer.once("error", failed).listen(port, host, listening));
  const { port: actual } = outer.address();
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${actual}`,
    async close() {
      for (const socket of open) socket.destroy();
      outer.closeAllConnections();
      await new Promise((closed) => outer.close(closed));
    },
  };
}

/** Connects a client with a host that is none of Midtrans', unread. */
function pass(target, url, socket, head) {
  const port = Number(/:(\d+)$/.exec(url)?.[1] ?? 443);
  const onward = connect(port, target.hostname.replace(/^\[|\]$/g, ""), () => {
    socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
    onward.write(head);
    onward.pipe(socket).pipe(onward);
  });
  onward.on("error", () => socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n"));
  socket.on("close", () => onward.destroy());
}

/** Returns a handler that sends each request to Selasar: the same method, path, headers and bytes. */
function forward(selasar) {
  return (request, answer) => {
    const { method, url: path, rawHeaders: headers } = request;
    const onward = send({
      host: selasar.hostname.replace(/^\[|\]$/g, ""),
      port: selasar.port || 80,
      method,
      path,
      headers,
      setHost: false,
    });
    onward.on("response", (response) => {
      answer.writeHead(response.statusCode, response.rawHeaders);
      response.pipe(answer);
    });
    onward.on("error", ({ message }) => {
      if (answer.headersSent) return answer.destroy();
      const status_message = `The proxy does not reach Selasar at ${selasar.origin}: ${message}. Is selasar dev running there?`;
      answer.writeHead(502, { "Content-Type": "application/json" }).end(JSON.stringify({ status_code: "502", status_message }));
    });
    answer.on("close", () => onward.destroy());
    request.pipe(onward);
  };
}

/**
 * Makes an authority and a certificate for Midtrans' hosts. The authority can sign for names below midtrans.com only, and its
 * key is deleted at once, so that trusting it is safe.
 */
async function certify(ca) {
  const folder = await mkdtemp(join(tmpdir(), "midtrans-proxy-"));
  const file = (name) => join(folder, name);
  const openssl = (...args) =>
    run("openssl", args).catch(({ code, stderr, message }) => {
      throw new Error(
        code === "ENOENT" ? "midtrans-proxy needs the program openssl; install it" : `openssl ${args[0]}: ${stderr || message}`,
      );
    });
  const key = ["-newkey", "rsa:2048", "-nodes"];
  try {
    await writeFile(file("config"), CONFIG);
    const config = ["-config", file("config")];
    await openssl(
      "req", "-x509", ...config, "-extensions", "authority", "-days", "30", ...key,
      "-subj", "/CN=Selasar midtrans-proxy", "-keyout", file("ca.key"), "-out", file("ca.pem"),
    ); // biome-ignore format: a command
    await openssl("req", "-new", ...config, ...key, "-subj", "/CN=midtrans.com", "-keyout", file("key"), "-out", file("request"));
    await openssl(
      "x509",
      "-req",
      "-in",
      file("request"),
      "-CA",
      file("ca.pem"),
      "-CAkey",
      file("ca.key"),
      "-CAcreateserial",
      "-days",
      "30",
      "-sha256",
      "-extfile",
      file("config"),
      "-extensions",
      "site",
      "-out",
      file("cert"),
    );
    await copyFile(file("ca.pem"), ca);
    return { key: await readFile(file("key")), cert: await readFile(file("cert")) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A wildcard covers one label of a host name. */
const CONFIG = `
[req]
distinguished_name = name
prompt = no
[name]
CN = Selasar
[authority]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign
subjectKeyIdentifier = hash
nameConstraints = critical, permitted;DNS:midtrans.com
[site]
basicConstraints = critical, CA:FALSE
extendedKeyUsage = serverAuth
authorityKeyIdentifier = keyid
subjectAltName = DNS:midtrans.com, DNS:*.midtrans.com, DNS:*.sandbox.midtrans.com, DNS:*.sbx.midtrans.com, DNS:*.stg.midtrans.com
`;

/** Reads the command line, starts the proxy, and says where it is. */
async function main() {
  const usage = "usage: node proxy.mjs [http://127.0.0.1:7300] [--listen 127.0.0.1:7390] [--ca midtrans-ca.pem]";
  const options = { listen: { type: "string", default: "127.0.0.1:7390" }, ca: { type: "string", default: "midtrans-ca.pem" } };
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const [to = "http://127.0.0.1:7300"] = positionals;
  const [, host, port] = /^(.+):(\d+)$/.exec(values.listen) ?? [];
  if (positionals.length > 1 || !URL.canParse(to) || new URL(to).protocol !== "http:" || !host) throw new Error(usage);
  const { url } = await openProxy({ to, ca: values.ca, host: host.replace(/^\[|\]$/g, ""), port: Number(port) });
  console.log(`https_proxy=${url}\n  every host below midtrans.com is answered by ${to}\n  clients must trust ${values.ca}`);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  main().catch(({ message }) => {
    console.error(`midtrans-proxy: ${message}`);
    process.exit(1);
  });
}
