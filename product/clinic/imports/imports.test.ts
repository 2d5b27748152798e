import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { gzipSync } from "node:zlib";
import pg from "pg";
import { FileProblem } from "#cli/file-problem.ts";
import { importFhir, undoFhir } from "#cli/import-fhir.ts";
import { connection } from "#platform/database/bootstrap.ts";
import { newClinic, type Cast } from "#testing/clinic.ts";
import { beginImport, finishImport, listImports, readImport, undoImport, type ImportRun } from "./contract.ts";
import { categoryOf } from "./read-visits.ts";

const root = mkdtempSync(join(tmpdir(), "qms-fhir-"));
after(() => rmSync(root, { recursive: true, force: true }));

const reference = process.env.QMS_REFERENCE_DATA;
const synthea = join(reference ?? "", "synthea");
const skip = reference ? false : "QMS_REFERENCE_DATA is not set";

const bring = ({ marta }: Cast, path = synthea, o: { dryRun?: boolean; source?: string } = {}): Promise<ImportRun> =>
  importFhir({ path, call: (route, input) => marta.send(route, input), ...o });
const undo = ({ marta }: Cast, id: string) => undoFhir({ id, call: (route, input) => marta.send(route, input) });

async function asked<T extends object>({ product }: Cast, text: string, values: unknown[] = []): Promise<T[]> {
  const client = new pg.Client(connection(product.server, "postgres", "qms tests"));
  await client.connect();
  try {
    return (await client.query<T>(text, values)).rows;
  } finally {
    await client.end();
  }
}

const owned = [
  "site", "department", "service", "member", "patient", "patient_token", "patient_identifier", "patient_contact", "visit", "diagnosis",
  "procedure", "import_key",
]; // prettier-ignore

/** One hash a table over every row of the clinic, whatever their order. */
async function hashes(cast: Cast): Promise<Record<string, string>> {
  const parts = owned.map(
    (name) =>
      `select '${name}' as name, count(*) || ' ' || coalesce(md5(string_agg(md5(t::text), '' order by md5(t::text))), '') as hash from clinic.${name} t where clinic_id = $1`,
  );
  const rows = await asked<{ name: string; hash: string }>(cast, parts.join(" union all "), [cast.clinic.id]);
  return Object.fromEntries(rows.map(({ name, hash }) => [name, hash]));
}

const typeCounts = (run: ImportRun) =>
  Object.fromEntries(
    run.byType.map(({ type, read, created, updated, skipped }) => [type, [read, created, updated, skipped]]),
  );
const notesOf = (run: ImportRun) => Object.fromEntries(run.notes.map(({ code, n }) => [code, n]));

test(
  "a real export comes in whole, its traps are counted, again nothing is new, and undone nothing is left",
  { skip },
  async () => {
    const cast = await newClinic();
    const before = await hashes(cast);
    const tried = await bring(cast, synthea, { dryRun: true });
    assert.deepEqual(await hashes(cast), before);
    const run = await bring(cast);
    assert.deepEqual(run.faults, []);
    assert.deepEqual(typeCounts(run), {
      Organization: [43, 43, 0, 0],
      Location: [44, 44, 0, 0],
      Practitioner: [43, 43, 0, 0],
      PractitionerRole: [43, 0, 43, 0],
      Patient: [13, 13, 0, 0],
      Encounter: [1215, 1215, 0, 0],
      Condition: [555, 555, 0, 0],
      Procedure: [2056, 2056, 0, 0],
    });
    assert.deepEqual(typeCounts(tried), typeCounts(run));
    assert.deepEqual(notesOf(tried), notesOf(run));
    assert.deepEqual(
      run.notTaken.map(({ type, lines }) => [type, lines]),
      [
        ["AllergyIntolerance", 11],
        ["Immunization", 161],
        ["MedicationRequest", 1745],
      ],
    );
    // 341 social and 107 other findings are the 448 whose name ends in "(finding)"
    assert.deepEqual(notesOf(run), {
      "site.unnamed": 1,
      "name.digits": 43 + 20,
      "name.alias": 7,
      "identifier.other-system": 59,
      "patient.deceased": 3,
      "patient.extensions": 13,
      "visit.long": 53,
      "visit.after-death": 3,
      "diagnosis.outside-visit": 14,
      "diagnosis.social": 341,
      "diagnosis.finding": 107,
      "procedure.outside-visit": 517,
      "procedure.zero-length": 1,
    });
    const again = await bring(cast);
    assert.deepEqual(
      [again.counts.read, again.counts.skipped, again.counts.created, again.counts.updated],
      [4012, 4012, 0, 0],
    );
    const undone = await undo(cast, run.id);
    assert.equal(undone.undo?.leftCount, 0);
    assert.deepEqual(await hashes(cast), before);
    await cast.marta.refused("import.undone-already", undoImport, { params: { id: run.id }, body: {} });
  },
);

const patientLine = (id: string, o: object = {}): string =>
  JSON.stringify({
    resourceType: "Patient",
    id,
    name: [{ use: "official", family: "Ґалаґан", given: ["Іван"] }],
    gender: "male",
    birthDate: "1980-02-03",
    ...o,
  });
const ground = [
  { resourceType: "Organization", id: "o1", name: "Терапія" },
  { resourceType: "Location", id: "l1", name: "Центр" },
  { resourceType: "Practitioner", id: "d1", name: [{ family: "Бук", given: ["Тарас"] }] },
].map((one) => JSON.stringify(one));
const visitLine = (id: string, o: { patient?: string; start: string; end: string }): string =>
  JSON.stringify({
    resourceType: "Encounter",
    id,
    status: "finished",
    class: { code: "AMB" },
    subject: { reference: `Patient/${o.patient ?? "p1"}` },
    participant: [{ individual: { reference: "Practitioner/d1" } }],
    location: [{ location: { reference: "Location/l1" } }],
    period: { start: o.start, end: o.end },
  });

/** A folder of files by name, each a list of lines or bytes. */
function folder(files: Record<string, readonly string[] | Buffer>): string {
  const path = mkdtempSync(join(root, "f-"));
  for (const [name, content] of Object.entries(files))
    writeFileSync(join(path, name), Buffer.isBuffer(content) ? content : content.join("\n"));
  return path;
}
const codesOf = (run: ImportRun) =>
  run.faults
    .flatMap(({ samples }) => samples.map(({ line, code }) => [line, code] as const))
    .toSorted(([a], [b]) => a - b);

test("each bad line is named by its number and its fault, the good ones go in, and the product lives on", async () => {
  const cast = await newClinic();
  const lines: [string | Buffer, string | null][] = [
    [patientLine("p1"), null],
    ["x".repeat(10 * 1024 * 1024), "line.too-long"],
    [Buffer.from([0x7b, 0xff, 0xfe]), "line.encoding"],
    [`{"a":${"[".repeat(60)}${"]".repeat(60)}}`, "line.not-json"],
    ['{"resourceType":"Patient","__proto__":{}}', "line.not-json"],
    ['{"id":"1"}', "line.no-resource"],
    [JSON.stringify({ resourceType: "Encounter", id: "e" }), "type.other"],
    [patientLine("p1"), "id.repeated"],
    [patientLine("../../etc"), "id.malformed"],
    [patientLine("p2", { birthDate: "2090-01-01" }), "time.future"],
    [patientLine("p3", { birthDate: "1980-02-31" }), "time.unreadable"],
    [patientLine("p4", { birthDate: "1789-01-01" }), "time.too-early"],
    [patientLine("p5", { deceasedDateTime: "2020-01-01T10:00:00" }), "time.no-offset"],
    [patientLine("p6", { gender: "f" }), "code.unknown"],
    [patientLine("p7", { name: [{ family: "Аб\u202eдос", given: ["Іван"] }] }), "text.hidden-characters"],
    [patientLine("p8", { name: [{ family: "А\u0000б" }] }), "text.control-characters"],
    [patientLine("p9", { name: [] }), "field.missing"],
    [patientLine("p10", { birthDate: 5 }), "field.type"],
    [patientLine("p11", { name: [{ family: "=HYPERLINK(1)", given: ["'; drop table clinic.patient; --"] }] }), null],
    [patientLine("p12", { name: [{ family: "O'Keefe54", given: ["Д’Артаньян"] }], deceasedBoolean: true }), null],
  ];
  const content = Buffer.concat(lines.flatMap(([line]) => [Buffer.from(line), Buffer.from("\n")]));
  const run = await bring(cast, folder({ "Patient.ndjson": content }));
  const expected = lines.flatMap(([, code], at) => (code ? [[at + 1, code]] : []));
  assert.deepEqual([run.counts.created, run.counts.refused], [3, expected.length]);
  assert(run.faults.length <= 10);
  // three samples a group: what is shown is a part of what was expected, and each group is counted whole
  const shown = codesOf(run);
  for (const one of shown)
    assert(
      expected.some((other) => other.join() === one.join()),
      one.join(),
    );
  assert.equal(
    run.faults.reduce((sum, { n }) => sum + n, 0),
    expected.length,
  );
  assert.deepEqual(Object.fromEntries(run.faults.map(({ group, n }) => [group, n])), {
    line: 5,
    time: 3,
    id: 2,
    text: 2,
    missing: 2,
    type: 1,
    code: 1,
    "time-zone": 1,
  });
  assert.deepEqual(notesOf(run), { "text.formula": 1, "name.digits": 2, "patient.deceased": 1 });
  // a person who has died is never written to, even where the day is not known
  assert.equal(
    (await asked(cast, "select 1 from clinic.patient where clinic_id = $1 and never_survey", [cast.clinic.id])).length,
    1,
  );
});

test("a file that is cut, packed or of another encoding is named before anything is written", async () => {
  const cast = await newClinic();
  const whole = gzipSync(Buffer.from(Array.from({ length: 5000 }, (_, at) => patientLine(`p${at}`)).join("\n")));
  const cases: [Record<string, readonly string[] | Buffer>, string][] = [
    [{ "Patient.ndjson.gz": whole.subarray(0, whole.length - 200) }, "file.truncated"],
    [
      { "Patient.ndjson.gz": Buffer.concat([whole.subarray(0, 500), Buffer.alloc(400, 7), whole.subarray(900)]) },
      "file.damaged",
    ],
    [{ "Patient.ndjson": Buffer.from("504b0304140000000800", "hex") }, "file.archive"],
    [{ "Patient.ndjson": Buffer.from("\ufeff{}", "utf16le") }, "file.utf-16"],
    [{ "readme.txt": ["x"] }, "file.none"],
    [{ "Immunization.ndjson": ['{"resourceType":"Immunization"}'] }, "file.nothing-taken"],
  ];
  for (const [files, code] of cases)
    await assert.rejects(
      bring(cast, folder(files)),
      (error) => error instanceof FileProblem && error.code === code,
      code,
    );
  assert.deepEqual((await cast.marta.send(listImports)).items, []);
});

test("a patient changed here meanwhile stays with what leans on them, and is listed", async () => {
  const cast = await newClinic();
  const before = await hashes(cast);
  const path = folder({
    "Organization.ndjson": ground.slice(0, 1),
    "Location.ndjson": ground.slice(1, 2),
    "Practitioner.ndjson": ground.slice(2),
    "Patient.ndjson": [patientLine("p1"), patientLine("p2")],
    "Encounter.ndjson": [
      visitLine("e1", { start: "2020-01-01T10:00:00+02:00", end: "2020-01-01T10:30:00+02:00" }),
      visitLine("e2", { patient: "p2", start: "2020-01-01T10:00:00+02:00", end: "2020-01-01T10:30:00+02:00" }),
      visitLine("e3", { patient: "p9", start: "2020-01-01T10:00:00+02:00", end: "2020-01-01T10:30:00+02:00" }),
    ],
  });
  const run = await bring(cast, path);
  assert.deepEqual(codesOf(run), [[3, "reference.unknown"]]);
  const [patient] = await asked<{ id: string }>(
    cast,
    "update clinic.patient set never_survey = true, version = version + 1 where clinic_id = $1 and code = 'PAT-000001' returning id",
    [cast.clinic.id],
  );
  // a newer line of the same patient does not overwrite what was changed here; the other's does
  const newer = folder({
    "Patient.ndjson": [patientLine("p1", { gender: "female" }), patientLine("p2", { gender: "female" })],
  });
  const second = await bring(cast, newer);
  assert.deepEqual([second.counts.updated, second.counts.refused, second.faults[0]?.group], [1, 1, "changed-here"]);
  const afterFirst = await undo(cast, second.id);
  assert.deepEqual([afterFirst.undo?.restored, afterFirst.undo?.leftCount], [1, 0]);
  const undone = await undo(cast, run.id);
  assert.deepEqual(undone.undo?.left, [{ thing: "patient", id: patient?.id, why: "changed-since" }]);
  const after = await hashes(cast);
  for (const name of ["visit", "site", "department", "service", "member"])
    assert.equal(after[name], before[name], name);
});

test("nobody is asked about old visits; a living patient's visit of yesterday is told to the loop", async () => {
  const cast = await newClinic();
  const at = (hours: number) => Temporal.Now.instant().subtract({ hours }).toString();
  const run = await bring(
    cast,
    folder({
      "Location.ndjson": ground.slice(1, 2),
      "Practitioner.ndjson": ground.slice(2),
      "Patient.ndjson": [patientLine("p1"), patientLine("p2", { deceasedDateTime: "2021-05-05" })],
      "Encounter.ndjson": [
        visitLine("e1", { start: at(25), end: at(24) }),
        visitLine("e2", { start: at(90), end: at(80) }),
        visitLine("e3", { patient: "p2", start: at(25), end: at(24) }),
        visitLine("e4", { start: "2020-01-01T10:00:00", end: "2020-01-01T10:30:00" }),
        visitLine("e5", { start: at(2), end: at(-2) }),
      ],
    }),
  );
  assert.deepEqual(codesOf(run), [
    [4, "time.no-offset"],
    [5, "time.future"],
  ]);
  const said = await asked<{ name: string; n: number }>(
    cast,
    "select name, count(*)::int as n from platform.event where clinic_id = $1 group by name order by name",
    [cast.clinic.id],
  );
  assert.deepEqual(said, [
    { name: "import.finished", n: 1 },
    { name: "visit.finished", n: 1 },
  ]);
});

test("two imports of a clinic do not run at once, and only those who may import do", async () => {
  const cast = await newClinic();
  const body = { fileName: "a", source: "one" };
  const run = await cast.marta.send(beginImport, { body, key: randomUUID() });
  await cast.solomiia.refused("import.running", beginImport, { body, key: randomUUID() });
  await cast.taras.refused("right.missing", beginImport, { body, key: randomUUID() });
  await cast.ihor.refused("right.missing", readImport, { params: { id: run.id } });
  const done = await cast.marta.send(finishImport, { params: { id: run.id }, body: { failed: "file.truncated" } });
  assert.deepEqual([done.state, done.failed], ["failed", "file.truncated"]);
  const other = await newClinic();
  await other.marta.refused("import.unknown", undoImport, { params: { id: run.id }, body: {} });
  assert.equal((await undo(cast, run.id)).state, "undone");
});

test("categories of SNOMED CT conditions follow the tag at the end of their names", () => {
  assert.equal(categoryOf("snomed", "160903007", "Full-time employment (finding)"), "social");
  assert.equal(categoryOf("snomed", "73595000", "Stress (finding)"), "finding");
  assert.equal(categoryOf("snomed", "91302008", "Sepsis (disorder)"), "diagnosis");
  assert.equal(categoryOf("icd10", "I10", "Есенціальна гіпертензія (finding)"), "diagnosis");
});
