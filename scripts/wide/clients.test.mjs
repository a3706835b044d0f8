// PHP's and Java's own functions write what spec/vectors/clients says, and programs in both languages reach Selasar by the
// commands of docs/payments.md. Their clients of Midtrans come from registries that are not at hand.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { promisify } from "node:util";
import { follow } from "../../test/clients/recipe.mjs";
import { startSelasar } from "../../test/support/selasar.mjs";

const run = promisify(execFile);
const read = (name) => JSON.parse(readFileSync(new URL(`../../spec/vectors/clients/${name}.json`, import.meta.url), "utf8"));
const php = read("php");
const java = read("java");

let folder;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "selasar-wide-clients-"));
});
after(() => rm(folder, { recursive: true, force: true }));

/** Writes a program into the folder and returns its path. */
async function program(name, text) {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

/** Runs a program and returns the lines that it prints. */
async function lines(...command) {
  const { stdout } = await run(command[0], command.slice(1));
  return stdout.trimEnd().split("\n");
}

describe("PHP", () => {
  test("json_encode writes the cases of the vectors", async () => {
    const file = await program("json.php", PHP_JSON);
    const values = await program("values.json", JSON.stringify(php.json.cases.map(({ value }) => value)));
    const written = await lines("php", file, values);
    assert.deepEqual(
      written,
      php.json.cases.flatMap(({ sent, signed }) => [sent, signed]),
    );
  });

  test("json_encode writes the bodies of the vectors from what they mean", async () => {
    const file = await program("json.php", PHP_JSON);
    const bodies = php.requests.filter(({ sent }) => sent);
    const values = await program("bodies.json", JSON.stringify(bodies.map(({ sent }) => JSON.parse(sent))));
    const written = await lines("php", file, values);
    assert.deepEqual(
      bodies.map((_, i) => written[2 * i]),
      bodies.map(({ sent }) => sent),
    );
    for (const [i, { signed }] of bodies.entries()) if (signed) assert.equal(written[2 * i + 1], signed);
  });

  test("date('c') writes the times of the vectors", async () => {
    const file = await program("date.php", "<?php date_default_timezone_set($argv[1]); echo date('c', (int) $argv[2]);");
    for (const { seconds, zone, text } of php.timestamps.cases) assert.deepEqual(await lines("php", file, zone, String(seconds)), [text]);
  });
});

describe("Java", () => {
  test("Instant.toString() writes the times of the vectors", async () => {
    const file = await program("Times.java", JAVA_TIMES);
    const times = java.timestamps.cases.flatMap(({ seconds, nanos }) => [String(seconds), String(nanos)]);
    assert.deepEqual(
      await lines("java", file, ...times),
      java.timestamps.cases.map(({ text }) => text),
    );
  });

  test("HashMap has the order of members of the vectors", async () => {
    const file = await program("Order.java", JAVA_ORDER);
    for (const { put, written } of java.json.orders) assert.deepEqual(await lines("java", file, ...put), written);
  });
});

describe("the commands of docs/payments.md", () => {
  let selasar, page, key;
  before(async () => {
    selasar = await startSelasar();
    page = await follow(selasar.api, folder);
    key = (await selasar.control("GET", "/credentials")).checkout.server_key;
  });
  after(async () => {
    await page?.close();
    await selasar?.stop();
  });

  test("lead PHP to Selasar", async () => {
    const file = await program("status.php", PHP_STATUS);
    assert.match(await page.run("PHP", ["order.php", `${file} ${key}`]), /^404 .*"status_code":"404"/);
  });

  test("lead Java to Selasar", async () => {
    const file = await program("Status.java", JAVA_STATUS);
    assert.match(await page.run("Java", ["-jar order.jar", `${file} ${key}`]), /404 .*"status_code":"404"/);
  });
});

const PHP_JSON = `<?php
foreach (json_decode(file_get_contents($argv[1])) as $value) {
  echo json_encode($value), "\\n", json_encode($value, JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE), "\\n";
}
`;

const PHP_STATUS = `<?php
$call = curl_init("https://api.sandbox.midtrans.com/v2/order-of-nobody/status");
curl_setopt_array($call, [CURLOPT_RETURNTRANSFER => 1, CURLOPT_USERPWD => $argv[1] . ":"]);
$body = curl_exec($call);
if ($body === false) exit(curl_error($call));
echo curl_getinfo($call, CURLINFO_HTTP_CODE), " ", $body;
`;

const JAVA_TIMES = `import java.time.Instant;
class Times {
  public static void main(String[] given) {
    for (int i = 0; i < given.length; i += 2)
      System.out.println(Instant.ofEpochSecond(Long.parseLong(given[i]), Long.parseLong(given[i + 1])));
  }
}
`;

const JAVA_ORDER = `import java.util.HashMap;
class Order {
  public static void main(String[] keys) {
    var map = new HashMap<String, String>();
    for (var key : keys) map.put(key, "");
    map.keySet().forEach(System.out::println);
  }
}
`;

const JAVA_STATUS = `import java.net.URI;
import java.util.Base64;
import javax.net.ssl.HttpsURLConnection;
class Status {
  public static void main(String[] given) throws Exception {
    var call = (HttpsURLConnection) URI.create("https://api.sandbox.midtrans.com/v2/order-of-nobody/status").toURL().openConnection();
    call.setRequestProperty("Authorization", "Basic " + Base64.getEncoder().encodeToString((given[0] + ":").getBytes()));
    System.out.println(call.getResponseCode() + " " + new String(call.getErrorStream().readAllBytes()));
  }
}
`;
