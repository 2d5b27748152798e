// Method: what people and attackers put where a file of an export is expected. Each is named, and the clinic's rows stay as they were.
import assert from "node:assert/strict";
import { createHash, randomUUID } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { beginImport, finishImport, listImports, sendRows, type ImportRun } from "#product/clinic/imports/contract.ts";
import {
  beginFeedbackImport,
  finishFeedbackImport,
  listComments,
  sendFeedbackRows,
} from "#product/feedback/surveys/contract.ts";
import { newClinic, type Cast } from "#testing/clinic.ts";
import { atEnd } from "#testing/server.ts";
import { openSnapshots, type Snapshots } from "#testing/snapshot.ts";
import { FileProblem } from "./file-problem.ts";
import { importFeedback } from "./import-feedback.ts";
import { importFhir } from "./import-fhir.ts";

const root = mkdtempSync(join(tmpdir(), "qms-doors-"));
after(() => rmSync(root, { recursive: true, force: true }));
let cast: Cast;
let rows: Snapshots;
before(async () => {
  cast = await newClinic();
  rows = await openSnapshots(cast.product.server);
  atEnd(rows.close);
});

const fhir = (path: string, of = cast) => importFhir({ path, call: (route, input) => of.marta.send(route, input) });
const table = (path: string, of = cast) =>
  importFeedback({ path, day: "2026-08-15", call: (route, input) => of.marta.send(route, input) });

/** A new folder with these files. */
function folder(files: Readonly<Record<string, string | Buffer>> = {}): string {
  const path = mkdtempSync(join(root, "f-"));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(path, name), content);
  return path;
}
const patient = (o: object = {}): string =>
  JSON.stringify({
    resourceType: "Patient",
    id: "p1",
    name: [{ family: "Бук", given: ["Іван"] }],
    birthDate: "1980-02-03",
    ...o,
  });

/** Asserts that it is named so, and that not one row came of it. */
async function named(code: string, work: () => Promise<unknown>): Promise<void> {
  const earlier = await rows.take();
  await assert.rejects(work, (error) => {
    assert(error instanceof FileProblem, `${code}: ${String(error)}`);
    assert.equal(error.code, code);
    assert(error.uk.length > 10 && error.message.length > 10);
    return true;
  });
  assert.equal(await rows.take(), earlier, `${code}: rows changed`);
}

test("what is no file, or no file of lines, is named before anything is written", async () => {
  const inFolder = (make: (path: string) => void): string => {
    const path = folder();
    make(path);
    return path;
  };
  const zip = Buffer.from("504b0304140000000800", "hex");
  await named("file.unknown", () => fhir(join(root, "nothing")));
  await named("file.none", () => fhir(folder()));
  await named("file.none", () => fhir(folder({ "readme.txt": "x" })));
  await named("file.nothing-taken", () => fhir(folder({ "Patient.ndjson": "" })));
  await named("file.nothing-taken", () => fhir(folder({ "Patient.ndjson": "\ufeff\r\n\r\n" })));
  await named("file.not-a-file", () => fhir(inFolder((path) => mkdirSync(join(path, "Patient.ndjson")))));
  await named("file.unknown", () => fhir(inFolder((path) => symlinkSync("nowhere", join(path, "Patient.ndjson")))));
  await named("file.unknown", () =>
    fhir(inFolder((path) => symlinkSync("Patient.ndjson", join(path, "Patient.ndjson")))),
  );
  await named("file.not-a-file", () =>
    fhir(inFolder((path) => symlinkSync("/dev/zero", join(path, "Patient.ndjson")))),
  );
  await named("file.archive", () => fhir(folder({ "Patient.ndjson.gz": zip })));
  await named("file.truncated", () => fhir(folder({ "Patient.ndjson.gz": gzipSync(patient()).subarray(0, 40) })));
  // a good file beside a broken one stays out as well
  await named("file.truncated", () =>
    fhir(
      folder({
        "Organization.ndjson": '{"resourceType":"Organization","id":"o1","name":"А"}',
        "Patient.ndjson.gz": gzipSync(patient()).subarray(0, 40),
      }),
    ),
  );
});

test("what is no table is named before anything is written, however late it shows", async () => {
  const csv = (content: string | Buffer) => () => table(join(folder({ "t.csv": content }), "t.csv"));
  const good = Array.from({ length: 700 }, (_, at) => `Хірургія,${1 + (at % 5)}\n`).join("");
  await named("file.unknown", () => table(join(root, "nothing.csv")));
  await named("file.not-a-file", () => table(folder()));
  await named("file.not-a-file", () => table("/dev/zero"));
  await named("file.empty", csv(""));
  await named("file.empty", csv("service,rating\n"));
  await named("file.archive", csv(Buffer.from("504b0304140000000800", "hex")));
  await named("file.archive", csv(gzipSync(`service,rating\n${good}`)));
  await named("file.utf-16", csv(Buffer.from(`\ufeffservice,rating\n${good}`, "utf16le")));
  await named(
    "file.encoding",
    csv(Buffer.concat([Buffer.from(`service,rating\n${good}`), Buffer.from([0xd5, 0xb3, 0xf0])])),
  );
  await named("file.shape", csv(`service,rating\n${good}"open,1\n`));
  await named("file.long-record", csv(`service,rating\n${good}"${"x".repeat(11 * 1024 * 1024)}`));
  await named("file.columns", csv(`department,stars\n${good}`));
});

const faultsOf = (run: ImportRun) => Object.fromEntries(run.faults.map(({ group, n }) => [group, n]));

test("a line is refused by itself whatever its values are, and what is shown of them can be kept", async () => {
  const own = await newClinic();
  const lines = [
    patient(),
    patient({ id: "p2", gender: "male\u0000" }),
    patient({ id: "p3", gender: "😀".repeat(20) }),
    patient({ id: "p4", gender: `${"x".repeat(39)}😀` }),
    JSON.stringify({ resourceType: "Пацієнт\u0000\u202e😀".repeat(40), id: "p5" }),
    patient({ id: "p6", birthDate: "0000-01-01" }),
    patient({ id: "p7", deceasedDateTime: "2020-01-01T10:00:00+18:00" }),
    patient({ id: "p8", telecom: [{ system: "phone", value: "1\u0000" }] }),
    patient({ id: "p9", name: [{ family: "\u2800\u3164", given: ["\u{e0041}"] }] }),
    '{"resourceType":"Patient","id":"p10","id":"p11"}',
    patient({ id: "p\u0000" }),
    '{"resourceType":"Patient","name":[{"family":"\\ud800"}],"id":"p12"}',
    patient({ id: "p13", extension: [{ url: "x", valueString: "a\u0000\u202e" }] }),
    Buffer.from([0xcc, 0xee, 0xf0, 0xee, 0xe7]),
  ];
  const bytes = Buffer.concat(lines.flatMap((line) => [Buffer.from(line), Buffer.from("\r\n")]));
  const path = folder({ "Patient.ndjson": Buffer.concat([Buffer.from("\ufeff"), bytes]) });
  const run = await fhir(path, own);
  assert.deepEqual([run.counts.read, run.counts.created, run.counts.refused], [14, 2, 12]);
  assert.deepEqual(faultsOf(run), { line: 2, type: 1, id: 1, time: 2, code: 3, text: 3 });
  assert(JSON.stringify(run).isWellFormed() && !/\\u0000|\u202e/.test(JSON.stringify(run)));
  assert.deepEqual((await fhir(path, own)).counts, { read: 14, created: 0, updated: 0, skipped: 2, refused: 12 });
});

test("file names of any bytes are shown, never obeyed", async () => {
  const own = await newClinic();
  const name = `Patient.${"../".replaceAll("/", "\u2215")}\u202e'; drop table\n${"я".repeat(90)}.ndjson`;
  const run = await fhir(join(folder({ [name]: patient({ birthDate: "2090-01-01" }) }), name), own);
  assert.deepEqual([run.counts.refused, run.state], [1, "done"]);
  assert(!/[\n\u202e]/.test(run.fileName), run.fileName);
});

test("rows by HTTP: any text may stand in a cell, a run that is not yours or over takes none", async () => {
  const own = await newClinic();
  const { marta } = own;
  const key = () => createHash("sha256").update(randomUUID()).digest("hex");
  const run = await marta.send(beginFeedbackImport, { body: { fileName: "t.csv", source: "t", day: "2026-08-15" } });
  const row = (no: number, o: object) => ({ no, key: key(), service: "Хірургія", rating: "1", ...o });
  const texts = ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(1)", "'; drop table feedback.response; --", "a\u202eb", "👩🏽‍⚕️"];
  const after = await marta.send(sendFeedbackRows, {
    params: { id: run.id },
    body: {
      rows: [
        ...texts.map((comment, at) => row(at + 1, { comment, rating: "5" })),
        row(20, { comment: "a\u0000b" }),
        row(21, { rating: "1\u0000" }),
        row(22, { service: "a\u0000" }),
        row(23, { service: `${"s".repeat(59)}😀${"s".repeat(300)}` }),
        row(24, { date: "2026-02-30" }),
        row(25, { date: "0000-01-01" }),
        row(26, { comment: "x".repeat(20_000) }),
        row(27, { rating: "1".repeat(2000) }),
      ],
    },
  });
  assert.deepEqual([after.counts.created, after.counts.refused], [texts.length, 8]);
  await marta.send(finishFeedbackImport, { params: { id: run.id }, body: {} });
  const comments = (await marta.send(listComments, { query: { state: "all" } })).items.map(({ text }) => text);
  assert.deepEqual(comments.toSorted(), texts.toSorted());
  await marta.refused("feedback-import.not-running", sendFeedbackRows, {
    params: { id: run.id },
    body: { rows: [row(1, {})] },
  });
  // refused services keep what is shown of their names
  const strict = await marta.send(beginFeedbackImport, {
    body: { fileName: "t.csv", source: "t", day: "2026-08-15", unknownServices: "refuse" },
  });
  const refused = await marta.send(sendFeedbackRows, {
    params: { id: strict.id },
    body: { rows: [row(1, { service: `${"s".repeat(59)}😀${"s".repeat(20)}` })] },
  });
  assert.deepEqual(refused.faults[0]?.values, [`${"s".repeat(59)}😀`]);
  await marta.send(finishFeedbackImport, { params: { id: strict.id }, body: { failed: "file.shape" } });
  const lines = await marta.send(beginImport, { body: { fileName: "f", source: "f" } });
  const sent = await marta.send(sendRows, {
    params: { id: lines.id },
    body: {
      type: "Patient",
      file: "f",
      rows: [
        { line: 1, text: "\u0000\u202e'; drop table" },
        { line: 2, text: "[".repeat(10_000) },
      ],
    },
  });
  assert.deepEqual([sent.counts.refused, sent.counts.created], [2, 0]);
  await marta.send(finishImport, { params: { id: lines.id }, body: {} });
  assert.equal((await marta.send(listImports)).items.length, 3);
});
