import { createWriteStream, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { clientCore, familyOf, openBox, pinTo, pssMegabytes, startPinned } from "./lib/box.ts";
import { print } from "./lib/print.ts";
import { startSubject } from "./lib/subject.ts";

const patients = Number(process.env["BENCH_PATIENTS"] ?? 50_000);
const secondsMax = 120;
const megabytesMax = 300;

const given = ["Олена", "Іван", "Марія", "Тарас", "Ганна", "Петро", "Юлія", "Богдан", "Соломія", "Андрій"];
const family = ["Коваль", "Шевчук", "Бондар", "Ткач", "Мельник", "Гончар", "Кравець", "Швець", "Лисенко", "Гайдук"];

/** Invented people, each with another phone and birth date, as a bulk export tells them. */
function* lines(): Generator<string> {
  for (let at = 0; at < patients; at++) {
    const day = new Date(Date.UTC(1940, 0, 1 + (at % 25_000))).toISOString().slice(0, 10);
    yield `${JSON.stringify({
      resourceType: "Patient",
      id: `p${at}`,
      identifier: [{ system: "urn:bench:card", value: `B${String(at).padStart(7, "0")}` }],
      name: [
        { family: `${family[at % 10] ?? ""}${Math.floor(at / 100)}`, given: [given[Math.floor(at / 10) % 10] ?? ""] },
      ],
      telecom: [{ system: "phone", value: `+38067${String(at).padStart(7, "0")}` }],
      gender: at % 2 ? "female" : "male",
      birthDate: day,
    })}\n`;
  }
}

/** A large first import beside the running product, on the same core. */
export async function importBench(): Promise<void> {
  pinTo(clientCore);
  const subject = await startSubject({ history: false });
  const folder = mkdtempSync(join(tmpdir(), "qms-i-"));
  const box = openBox();
  try {
    mkdirSync(join(folder, "export"));
    await pipeline(
      Readable.from(lines()),
      createGzip(),
      createWriteStream(join(folder, "export", "Patient.ndjson.gz")),
    );
    const began = performance.now();
    const qms = join(import.meta.dirname, "..", "cli", "qms.mjs");
    const words = [qms, "import", "fhir", join(folder, "export"), "--clinic", subject.slug, "--json"];
    const child = startPinned(process.execPath, words, { env: { ...process.env, QMS_DATA: subject.data }, box });
    let peak = 0;
    const sampling = setInterval(() => (peak = Math.max(peak, pssMegabytes(familyOf(child.pid)))), 250);
    let said = "";
    child.stdout?.on("data", (part: Buffer) => (said += part.toString("utf8")));
    child.stderr?.resume();
    const code = await new Promise((done) => child.once("exit", done));
    clearInterval(sampling);
    const seconds = (performance.now() - began) / 1000;
    const run: { counts?: { created?: number } } = code === 0 ? JSON.parse(said) : {};
    if (run.counts?.created !== patients) throw new Error(`import ended with ${String(code)}: ${said.slice(0, 500)}`);
    print({
      bench: "import",
      metric: `${patients}-patients`,
      value: seconds,
      unit: "s",
      bar: `<=${secondsMax}`,
      ok: seconds <= secondsMax,
    });
    print({
      bench: "import",
      metric: "peak",
      value: peak,
      unit: "MB",
      bar: `<=${megabytesMax}`,
      ok: peak <= megabytesMax,
    });
  } finally {
    box.remove();
    await subject.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
