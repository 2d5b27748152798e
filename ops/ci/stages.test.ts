import assert from "node:assert/strict";
import { test } from "node:test";
import { findChromium, needChromium } from "./browser.ts";
import { stagesOf } from "./stages.ts";
import { runStep, runSteps } from "./step.ts";

const filesOf = (words: readonly string[]) => stagesOf(words).flatMap(({ files }) => files);

test("without words every test file runs once, but the house test, which the check runs", () => {
  const files = filesOf([]);
  assert.equal(new Set(files).size, files.length);
  assert.ok(files.includes("core/spc/charts.test.ts") && files.includes("ops/house/catalogue.test.ts"));
  assert.ok(!files.includes("ops/house/house.test.ts"));
});

test("a word narrows to the paths that contain it, and stages without files fall away", () => {
  assert.deepEqual(
    stagesOf(["core/spc"]).map(({ how }) => how),
    ["one process"],
  );
  assert.ok(
    filesOf(["core/spc", "ops/ci"]).every((path) => path.startsWith("core/spc/") || path.startsWith("ops/ci/")),
  );
  assert.deepEqual(filesOf(["ops/house/house"]), ["ops/house/house.test.ts"]);
  assert.deepEqual(stagesOf(["no such capability"]), []);
});

test("a step that fails, dies or cannot start is told, never thrown", async () => {
  const node = process.execPath;
  const told: string[] = [];
  const done = await runSteps(
    [
      { name: "fine", program: node, args: ["-e", "console.log('words')"] },
      { name: "fails", program: node, args: ["-e", "console.error('why'); process.exit(3)"] },
      { name: "dies", program: node, args: ["-e", "process.kill(process.pid, 'SIGKILL')"] },
      { name: "absent", program: "no-such-program", args: [] },
    ],
    2,
    ({ name }) => told.push(name),
  );
  assert.deepEqual(
    done.map(({ name, ok }) => [name, ok]),
    [
      ["fine", true],
      ["fails", false],
      ["dies", false],
      ["absent", false],
    ],
  );
  assert.equal(told.length, 4);
  assert.match(done[0]?.output ?? "", /words/);
  assert.match(done[1]?.output ?? "", /why/);
  assert.match(done[3]?.output ?? "", /ENOENT/);
});

test("a step gets no input to wait for", async () => {
  const { ok } = await runStep({ name: "reads", program: process.execPath, args: ["-e", "process.stdin.resume()"] });
  assert.equal(ok, true);
});

test("a browser that was named and is not there is said so, instead of another being taken", (t) => {
  const before = process.env.CHROMIUM_PATH;
  t.after(() => {
    if (before === undefined) delete process.env.CHROMIUM_PATH;
    else process.env.CHROMIUM_PATH = before;
  });
  assert.equal(findChromium({ CHROMIUM_PATH: process.execPath }), process.execPath);
  process.env.CHROMIUM_PATH = `${process.execPath}-that-is-not-there`;
  assert.throws(needChromium, /no browser at CHROMIUM_PATH/);
});
