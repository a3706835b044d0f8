import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { load } from "../../scripts/source.mjs";

const { parseRupiah } = await load("web/ui/src/format/money.ts");
const { duration } = await load("web/ui/src/format/time.ts");
const { asCurl } = await load("web/simulator/src/journal/copyas.ts");

describe("the simulator parses and formats", () => {
  test("an amount in every usual form, and reads no fraction of a rupiah as thousands", () => {
    for (const text of ["15000", "15.000", "15,000", "Rp15.000", " rp 15 000 ", "15.000,-", "15000.00", "15.000,00"])
      assert.equal(parseRupiah(text), 15_000, text);
    assert.equal(parseRupiah("0"), 0);
    for (const text of ["", "Rp", "-1", "15.5", "15000.50", "15.000,5", "fifteen"]) assert.equal(parseRupiah(text), null, text);
  });

  test("a duration that never shows 60 seconds", () => {
    const say = (key) => key.replace("unit_", "").replace("decimalSign", ".");
    const said = [400, 3_000, 1_200_000, 59_940_000, 59_990_000, 61_000_000, 119_600_000].map((each) => duration(each, say));
    assert.deepEqual(said, ["0.4 ms", "3 ms", "1.2 s", "59.9 s", "1 min 0 s", "1 min 1 s", "2 min 0 s"]);
  });

  test("a request as a shell command, with its query, for any body", (t) => {
    globalThis.location = { origin: "http://selasar" };
    t.after(() => delete globalThis.location);
    const detail = {
      method: "GET",
      path: "/v1/bank",
      query: { token: "a b" },
      request_headers: { Authorization: "Basic •••", "Request-Id": "r -H 1" },
      request_body: { title: "kopi -d susu -u gula" },
    };
    assert.equal(
      asCurl({ kind: "request", event: "request.answered", detail }),
      [
        "curl -X GET 'http://selasar/v1/bank?token=a+b' \\",
        '  -u "$SELASAR_CLIENT_ID:$SELASAR_CLIENT_SECRET" \\',
        "  -H 'Request-Id: r -H 1' \\",
        `  -d '{"title":"kopi -d susu -u gula"}'`,
      ].join("\n"),
    );
  });
});
