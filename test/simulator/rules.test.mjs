import assert from "node:assert/strict";
import { describe, mock, test } from "node:test";
import { build } from "esbuild";

/** Rules of the phone's page, as the page uses them, without a browser. */
async function load() {
  const { outputFiles } = await build({
    stdin: {
      contents:
        'export * from "./effect/colour.ts"; export { lookOf } from "./effect/bar.ts"; export * from "./motion/path.ts"; export * from "./motion/space.ts"; export { steady } from "./motion/steady.ts";',
      resolveDir: new URL("../../web/simulator/src", import.meta.url).pathname,
    },
    bundle: true,
    write: false,
    format: "esm",
    logLevel: "silent",
    tsconfig: new URL("../../tsconfig.json", import.meta.url).pathname,
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`);
}
const { colourOf, isLight, lookOf, heldAt, Recording, cssMatrix, turn, headingIn, steady } = await load();

describe("a colour of a mini app", () => {
  test("reaches CSS only in the documented form", () => {
    for (const good of ["#102030", "#ABCDEF", "#10203080"]) assert.equal(colourOf(good), good);
    const bad = [
      "red",
      "#123",
      "#12345",
      "#1234567",
      "#10203g",
      " #102030",
      "#102030;x:y",
      "url(//x)",
      "var(--a)",
      "",
      1,
      null,
      undefined,
      {},
    ];
    for (const one of bad) assert.equal(colourOf(one), undefined, String(one));
  });

  test("decides which buttons can be read on it, also when it is translucent", () => {
    for (const light of ["#ffffff", "#ffe08a", "#808080", "#00000011"]) assert.equal(isLight(colourOf(light)), true, light);
    for (const dark of ["#000000", "#102030", "#0b6560", "#000000ee"]) assert.equal(isLight(colourOf(dark)), false, dark);
    assert.equal(lookOf({ background_color: "#102030" }).buttons, "light");
    assert.equal(lookOf({ background_color: "#102030", theme: "dark" }).buttons, "dark", "the mini app's word counts");
    assert.equal(lookOf({ background_color: "none" }).buttons, undefined);
  });
});

describe("a movement", () => {
  const points = [
    { at_ms: 0, beta: 0, gamma: 0, heading: 350 },
    { at_ms: 1_000, beta: 90, gamma: -10, heading: 10 },
  ];

  test("turns steadily between its points, by the shorter way", () => {
    const path = { points, loop: false, started_at: 5_000 };
    assert.deepEqual(heldAt(path, 5_500), { beta: 45, gamma: -5, heading: 0 });
    assert.equal(heldAt(path, 4_000).beta, 0, "before its start");
    assert.equal(heldAt(path, 9_000).beta, 90, "it rests at its end");
    assert.equal(heldAt({ ...path, loop: true }, 6_250).beta, 22.5, "it begins again");
  });

  test("is recorded with its rests, at a bounded rate", () => {
    let now = 0;
    const held = (beta) => ({ beta, gamma: 0, heading: 0 });
    const recording = new Recording(held(0), () => now);
    for (now = 10; now <= 100; now += 10) recording.add(held(now));
    now = 2_000;
    recording.add(held(5));
    now = 2_010;
    const all = recording.end(held(6)).map(({ at_ms, beta }) => [at_ms, beta]);
    assert.deepEqual(all, [
      [0, 0],
      [50, 50],
      [100, 100],
      [1_950, 100],
      [2_000, 5],
      [2_010, 6],
    ]);
  });

  test("of any length has no more points than the server takes", () => {
    let now = 0;
    const recording = new Recording({ beta: 0, gamma: 0, heading: 0 }, () => now);
    for (; now < 200_000; now += 50) recording.add({ beta: 1, gamma: 1, heading: 1 });
    assert.equal(recording.end({ beta: 2, gamma: 2, heading: 2 }).length, 1_000);
  });
});

describe("a phone in space", () => {
  /** Where CSS draws the phone's right, bottom and front. */
  const drawn = (tilt) => {
    const parts = /\((.*)\)/
      .exec(cssMatrix(tilt))[1]
      .split(",")
      .map((part) => Math.round(Number(part)) + 0);
    return [parts.slice(0, 3), parts.slice(4, 7), parts.slice(8, 11)];
  };

  test("is drawn as its holder sees it", () => {
    const x = [1, 0, 0];
    assert.deepEqual(drawn({ beta: 90, gamma: 0 }), [x, [0, 1, 0], [0, 0, 1]], "upright, it faces the holder");
    assert.deepEqual(drawn({ beta: 0, gamma: 0 }), [x, [0, 0, 1], [0, -1, 0]], "flat, it faces up");
    assert.deepEqual(drawn({ beta: 0, gamma: 90 }), [[0, 1, 0], [0, 0, 1], x], "on its side, its right edge is down");
  });

  test("keeps its angles where the server takes them", () => {
    assert.deepEqual([turn(190), turn(-190), turn(180)], [-170, 170, -180]);
    assert.deepEqual([headingIn(-15), headingIn(360), headingIn(725)], [345, 0, 5]);
  });

  test("sends the newest value, one at a time and at most one in an interval", async () => {
    mock.timers.enable({ apis: ["setTimeout"] });
    const sent = [];
    const failed = [];
    const send = steady(
      async (value) => sent.push(value) === 2 && Promise.reject(new Error("refused")),
      100,
      (error) => failed.push(error.message),
    );
    const settle = async () => {
      for (let i = 0; i < 10; i++) await Promise.resolve();
    };
    for (let i = 1; i <= 50; i++) send(i);
    await settle();
    assert.deepEqual(sent, [1]);
    mock.timers.tick(99);
    await settle();
    assert.deepEqual(sent, [1]);
    mock.timers.tick(1);
    await settle();
    assert.deepEqual(sent, [1, 50]);
    assert.deepEqual(failed, ["refused"]);
    mock.timers.tick(100);
    await settle();
    send(51);
    await settle();
    assert.deepEqual(sent, [1, 50, 51], "it goes on after a refusal");
    mock.timers.reset();
  });
});
