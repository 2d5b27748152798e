import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { readImport } from "#product/clinic/imports/contract.ts";
import {
  finishFeedbackImport,
  beginFeedbackImport,
  listComments,
  readResults,
  undoFeedbackImport,
} from "#product/feedback/surveys/contract.ts";
import { surveyStory, type SurveyStory } from "#testing/surveys.ts";
import { FileProblem } from "./file-problem.ts";
import { feedbackChunks, importFeedback } from "./import-feedback.ts";

const folder = mkdtempSync(join(tmpdir(), "qms-i-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const file = (name: string, content: string | Buffer): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
const bring = (story: SurveyStory, path: string, o: { dryRun?: boolean; unknownServices?: "refuse" | "make" } = {}) =>
  importFeedback({ path, day: "2026-08-15", call: (route, input) => story.marta.send(route, input), ...o });
const results = (story: SurveyStory) =>
  story.marta.send(readResults, { params: { id: story.surveyId }, query: { period: "2026-Q3" } });

test("a table comes in once however often it is sent, and leaves without a trace", async () => {
  const story = await surveyStory();
  const lines = ["service,rating,comment", ...Array.from({ length: 12 }, () => "Хірургія,1,")];
  lines.push('Хірургія,5,"=HYPERLINK(""http://x"")"', "Хірургія,7,");
  const path = file("once.csv", lines.join("\r\n"));
  const tried = await bring(story, path, { dryRun: true });
  assert.deepEqual([tried.counts.created, tried.counts.known, tried.dryRun], [14, 0, true]);
  const first = await bring(story, path);
  assert.deepEqual(first.counts, { read: 14, created: 14, known: 0, refused: 0, groups: 1 });
  const again = await bring(story, path);
  assert.deepEqual([again.counts.created, again.counts.known], [0, 14]);
  const shown = await results(story);
  assert.deepEqual([shown.total.n, shown.total.positive, shown.answered], [13, 12, 0]);
  assert.equal(shown.rows.find(({ name }) => name === "Хірургія")?.n, 13);
  // text that looks like a formula is text
  assert.equal((await story.marta.send(listComments)).items[0]?.text, '=HYPERLINK("http://x")');
  assert.equal((await story.marta.send(undoFeedbackImport, { params: { id: first.id }, body: {} })).state, "undone");
  assert.equal((await results(story)).total.n, 0);
});

test("faults are grouped by what would mend them, and good rows go in", async () => {
  const story = await surveyStory();
  const path = file(
    "faults.csv",
    "послуга;оцінка;дата;коментар\nХірургія;1;2026-07-01;\nХірургія;9;;\nХірургія;;;\n;1;;\nХірургія;2;31.02.2026;\nХірургія;2;2099-01-01;\nХірургія;2;01.09.2026;так\n",
  );
  const run = await bring(story, path);
  assert.deepEqual([run.counts.created, run.counts.refused], [2, 5]);
  assert.deepEqual(Object.fromEntries(run.faults.map(({ code, n }) => [code, n])), {
    "rating.unreadable": 2,
    "service.empty": 1,
    "date.unreadable": 1,
    "date.future": 1,
  });
  // the page of all runs shows the same groups, with the way to mend each and some rows
  const told = await story.marta.send(readImport, { params: { id: run.id } });
  assert.deepEqual(
    told.faults.map(({ group, n, samples }) => [group, n, samples.map(({ line, found }) => [line, found])]),
    [
      [
        "rating.unreadable",
        2,
        [
          [3, undefined],
          [4, undefined],
        ],
      ],
      ["service.empty", 1, [[5, undefined]]],
      ["date.unreadable", 1, [[6, undefined]]],
      ["date.future", 1, [[7, undefined]]],
    ],
  );
  assert.match(told.faults[0]?.uk ?? "", /цілим числом/);
  assert.deepEqual([told.counts.created, told.counts.refused], [2, 5]);
  const strict = await bring(story, file("strict.csv", "service,rating\nПедіатрія,1\n"), { unknownServices: "refuse" });
  assert.deepEqual(
    strict.faults.map(({ code, values }) => [code, values]),
    [["service.unknown", ["Педіатрія"]]],
  );
  const toldStrict = await story.marta.send(readImport, { params: { id: strict.id } });
  assert.equal(toldStrict.faults[0]?.samples[0]?.found, "Педіатрія");
});

test("a file that is no table is named for what it is", async () => {
  const cases: [string, string | Buffer, string][] = [
    ["zip.csv", Buffer.from("504b0304140000000800", "hex"), "file.archive"],
    ["utf16.csv", Buffer.from("\ufeffservice,rating\n", "utf16le"), "file.utf-16"],
    [
      "cp1251.csv",
      Buffer.concat([Buffer.from("service,rating\n"), Buffer.from([0xd5, 0xb3, 0xf0]), Buffer.from(",1\n")]),
      "file.encoding",
    ],
    ["long.csv", `service,rating\n"${"x".repeat(11 * 1024 * 1024)}`, "file.long-record"],
    ["quote.csv", 'service,rating\n"open,1\n', "file.shape"],
    ["columns.csv", "department,stars\nA,1\n", "file.columns"],
    ["empty.csv", "", "file.empty"],
  ];
  for (const [name, content, code] of cases)
    await assert.rejects(
      async () => {
        for await (const rows of feedbackChunks(file(name, content))) assert(rows.length > 0);
      },
      (error) => error instanceof FileProblem && error.code === code,
      name,
    );
});

const reference = process.env.QMS_REFERENCE_DATA;
test(
  "4,466 published answers give the expected percentages per service",
  { skip: reference ? false : "QMS_REFERENCE_DATA is not set" },
  async () => {
    const story = await surveyStory();
    const of = (name: string) => join(reference ?? "", "feedback", name);
    const run = await bring(story, of("fft_ratings_by_service.csv"));
    assert.deepEqual([run.counts.created, run.counts.refused], [4466, 0]);
    const shown = await results(story);
    const [header = "", ...lines] = readFileSync(of("fft_expected_by_service.csv"), "utf8").trim().split("\n");
    const at = (line: string, column: string) => line.split(",")[header.split(",").indexOf(column)] ?? "";
    for (const line of lines) {
      const service = at(line, "service").replace(/\s+/g, " ").trim();
      const row = service === "ALL" ? shown.total : shown.rows.find(({ name }) => name === service);
      const n = Number(at(line, "responses"));
      if (n === 0) {
        // nobody answered: such a service is no row, or one hidden among small ones
        assert.equal(row?.n ?? null, null, service);
        continue;
      }
      assert.equal(row?.n, n, service);
      assert.equal(
        ((row?.share ?? 0) * 100).toFixed(4),
        Number(at(line, "expected_percent_positive")).toFixed(4),
        service,
      );
    }
  },
);

test("the page of all runs says why a run of answers was given up, and how many answers were known before", async () => {
  const story = await surveyStory();
  const { id } = await story.marta.send(beginFeedbackImport, { body: { fileName: "v.csv", source: "test" } });
  await story.marta.send(finishFeedbackImport, { params: { id }, body: { failed: "файл закінчився посеред рядка" } });
  const broken = await story.marta.send(readImport, { params: { id } });
  assert.deepEqual([broken.state, broken.failed, broken.faults], ["failed", "файл закінчився посеред рядка", []]);
  const path = file("twice.csv", "service,rating\nХірургія,1\nХірургія,2\n");
  await bring(story, path);
  const again = await story.marta.send(readImport, { params: { id: (await bring(story, path)).id } });
  assert.deepEqual([again.counts.created, again.counts.skipped], [0, 2]);
});
