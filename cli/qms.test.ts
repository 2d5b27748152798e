// Method: the command as a person runs it, a process of its own: first with nothing there, then beside a running product, then alone on
// the folder that the product left.
import assert from "node:assert/strict";
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { freePort } from "#testing/port.ts";

const root = join(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "qms-cli-"));
chmodSync(folder, 0o755); // PostgreSQL may run as another user, who must pass through
const data = join(folder, "data");
let product: ChildProcess | undefined;
after(() => {
  if (product?.exitCode === null) product.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

const env = (more: Record<string, string> = {}): NodeJS.ProcessEnv => ({
  ...process.env,
  QMS_DATA: data,
  QMS_TEST_SERVER: "",
  LC_ALL: "en_US.UTF-8",
  ...more,
});

type Ran = { code: number | null; out: string; err: string };

/** Runs `qms …` to its end. */
function qms(words: readonly string[], o: { input?: string; env?: Record<string, string> } = {}): Ran {
  const done = spawnSync(process.execPath, [join(root, "cli", "qms.mjs"), ...words], {
    cwd: folder,
    encoding: "utf8",
    env: env(o.env),
    ...(o.input === undefined ? {} : { input: o.input }),
  });
  return { code: done.status, out: done.stdout, err: done.stderr };
}

test("help speaks both languages, and a wrong command shows how it is written", () => {
  assert.deepEqual([qms(["help"]).code, qms([]).code, qms(["help", "--lang", "de"]).code], [0, 2, 2]);
  assert.match(qms(["help"], { env: { LC_ALL: "uk_UA.UTF-8" } }).out, /Оглядає інсталяцію/);
  assert.match(qms(["import", "fhir", "--help", "--lang=en"]).out, /--dry-run/);
  for (const words of [["bogus"], ["import", "fhir"], ["doctor", "--fast"], ["import", "fhir", "x"]]) {
    const { code, out, err } = qms(words);
    assert.deepEqual([code, out], [2, ""], words.join(" "));
    assert.match(err, /^qms |\nqms /, words.join(" "));
  }
});

test("routes and computing need no installation; what needs one says how to get it", () => {
  const routes: { act: string }[] = JSON.parse(qms(["routes", "--json"]).out);
  assert(routes.some(({ act }) => act === "import.begin"));
  const figures = qms(["compute"], { input: '{"op":"wilson","hits":9,"n":10}\nnonsense\n' });
  assert.equal(figures.code, 1);
  assert.equal(figures.out.trim().split("\n").length, 2);
  const doctor = qms(["doctor", "--json"]);
  assert.equal(doctor.code, 1);
  assert.match(doctor.out, /E-DB-01/);
  const none = qms(["import", "fhir", folder, "--clinic", "kalyna"]);
  assert.deepEqual([none.code, none.out], [1, ""]);
  assert.match(none.err, /npm start/);
});

test("beside the running product and alone it imports, undoes, exports and verifies", async () => {
  const port = await freePort();
  product = spawn(process.execPath, ["run.mjs", "--import", "./platform/jsx.mjs", "main.ts"], {
    cwd: root,
    env: env({ QMS_PORT: String(port) }),
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  product.stdout?.on("data", (chunk: Buffer) => (said += chunk.toString("utf8")));
  while (!said.includes("QMS is ready at")) {
    assert.equal(product.exitCode, null, said);
    await new Promise((done) => setTimeout(done, 50));
  }
  const patient = {
    resourceType: "Patient",
    id: "p1",
    name: [{ family: "Ґалаґан", given: ["Іван"] }],
    birthDate: "1980-02-03",
  };
  writeFileSync(
    join(folder, "Patient.ndjson"),
    [patient, { ...patient, id: "p2", birthDate: "2980-01-01" }].map((one) => JSON.stringify(one)).join("\n"),
  );
  const clinic = ["--clinic", "kalyna", "--json"];
  const brought = qms(["import", "fhir", join(folder, "Patient.ndjson"), ...clinic]);
  assert.equal(brought.code, 3, brought.err);
  const run: { id: string; counts: { created: number; refused: number } } = JSON.parse(brought.out);
  assert.deepEqual([run.counts.created, run.counts.refused], [1, 1]);
  const first = join(folder, "first.ndjson.gz");
  assert.equal(qms(["ledger", "export", ...clinic, "--to", first]).code, 0);
  // the product goes on as the one server: its pages answer, and its sequencer moved what the command wrote
  assert.equal((await fetch(`http://127.0.0.1:${port}/readyz`)).status, 200);

  const ended = new Promise((done) => product?.once("exit", done));
  product.kill("SIGTERM");
  await ended;
  assert.equal(qms(["import", "undo", run.id, ...clinic]).code, 0);
  assert.match(qms(["import", "undo", run.id, ...clinic]).out, /import\.undone-already/);
  const second = join(folder, "second.ndjson.gz");
  assert.equal(qms(["ledger", "export", ...clinic, "--to", second]).code, 0);
  const verified = qms(["ledger", "verify", second, "--since", first]);
  assert.deepEqual([verified.code, verified.out.split(" ")[0]], [0, "ok"], verified.out);
  assert.match(
    qms(["import", "fhir", folder, "--clinic", "kalyna", "--as", "nobody@x.example"]).err,
    /member\.unknown/,
  );
});
