import { setTimeout as wait } from "node:timers/promises";
import { sql } from "kysely";
import { newId } from "#platform/database/ids.ts";
import type { Db } from "#platform/database/db.ts";
import { countedSteps, countStep } from "#platform/database/codes.ts";
import { act, type Stage } from "./act.ts";
import { departments, men, surnames, women, type Ground } from "./ground.ts";
import { casesLater, tellCase } from "./incidents.ts";
import { dice } from "./random.ts";

const patientsTotal = 2400;
const visitsTotal = 9600;
const chunk = 200;
const monthDays = 425;
/** Between two steps, so that a person at the screen goes first. */
const pauseMs = 5;

/** Says how far the history is: one line that grows, where somebody watches. */
function progress(done: number, all: number): void {
  const share = Math.round((done / all) * 100);
  if (process.stdout.isTTY)
    process.stdout.write(
      `\r  demo history ${"█".repeat(Math.round(share / 5)).padEnd(20, "░")} ${share} %${done === all ? "\n" : ""}`,
    );
  else if (done === all) process.stdout.write("  demo history complete\n");
}

async function patients(stage: Stage, from: number, count: number): Promise<string[]> {
  const throws = dice(2400 + from);
  const rows = Array.from({ length: count }, (_, at) => {
    const female = throws.chance(0.58);
    return {
      id: newId(),
      code: `PAT-${String(from + at + 1).padStart(5, "0")}`,
      family: throws.pick(surnames),
      given: throws.pick(female ? women : men),
      sex: female ? "f" : "m",
      birth: `${1938 + throws.below(80)}-${String(1 + throws.below(12)).padStart(2, "0")}-${String(1 + throws.below(28)).padStart(2, "0")}`,
      phone: `+38000${String(1_000_000 + from + at)}`,
    };
  });
  await act(stage, {
    by: "job",
    at: stage.app.clock.now(),
    work: async ({ db, keys }) => {
      await countStep(db, "demo patients");
      await keys.makeOwners(rows.map(({ id }) => id));
      const sealed = await Promise.all(
        rows.map(async (row) => ({
          ...row,
          familySealed: await keys.seal(row.id, { thing: "patient", id: row.id, field: "family" }, row.family),
          givenSealed: await keys.seal(row.id, { thing: "patient", id: row.id, field: "given" }, row.given),
          tokens: await keys.tokens({
            names: [
              { part: "family", value: row.family },
              { part: "given", value: row.given },
            ],
            phones: [row.phone],
            emails: [],
            identifiers: [],
            code: row.code,
            birthDate: row.birth,
          }),
        })),
      );
      await db.run(sql`insert into clinic.patient (clinic_id, id, code, family, given, birth_date, sex)
        select ${stage.clinicId}::uuid, p.* from unnest(${sealed.map(({ id }) => id)}::uuid[], ${sealed.map(({ code }) => code)}::text[], ${sealed.map((row) => row.familySealed)}::bytea[], ${sealed.map((row) => row.givenSealed)}::bytea[], ${sealed.map(({ birth }) => birth)}::date[], ${sealed.map(({ sex }) => sex)}::text[]) as p`);
      const pairs = sealed.flatMap((row) => row.tokens.map((tok) => ({ tok: tok.toString(), id: row.id })));
      await db.run(
        sql`insert into clinic.patient_token (clinic_id, tok, patient_id) select ${stage.clinicId}::uuid, t.* from unnest(${pairs.map(({ tok }) => tok)}::bigint[], ${pairs.map(({ id }) => id)}::uuid[]) as t`,
      );
    },
  });
  return rows.map(({ id }) => id);
}

async function visits(
  stage: Stage,
  o: { ground: Ground; patients: readonly string[]; from: number; count: number },
): Promise<void> {
  const throws = dice(9600 + o.from);
  const doctors = [...stage.members.values()];
  const rows = Array.from({ length: o.count }, (_, at) => {
    const number = o.from + at;
    const department = throws.pick(departments);
    const place = o.ground.departments.get(department.key);
    // newest first: the first visits told are yesterday's
    let day = stage.today.subtract({ days: 1 + Math.floor((number / visitsTotal) * monthDays) });
    if (day.dayOfWeek === 7) day = day.subtract({ days: 1 });
    const start = day
      .toZonedDateTime({
        timeZone: stage.zone,
        plainTime: Temporal.PlainTime.from({ hour: 8 + throws.below(9), minute: throws.below(4) * 15 }),
      })
      .toInstant();
    return {
      id: newId(),
      code: `VIS-${String(visitsTotal - number).padStart(5, "0")}`,
      patient: throws.pick(o.patients),
      member: throws.pick(place?.memberIds.length ? place.memberIds : doctors),
      service: throws.pick(place?.serviceIds ?? []),
      site: place?.siteId ?? "",
      department: place?.id ?? "",
      start: start.toString(),
      end: start.add({ minutes: 15 + throws.below(20) }).toString(),
    };
  });
  await act(stage, {
    by: "job",
    at: stage.app.clock.now(),
    work: async ({ db }) => {
      await countStep(db, "demo visits");
      await db.run(sql`insert into clinic.visit (clinic_id, id, code, patient_id, member_id, service_id, site_id, department_id, started_at, ended_at, state)
        select ${stage.clinicId}::uuid, v.*, 'signed' from unnest(${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ code }) => code)}::text[], ${rows.map((row) => row.patient)}::uuid[], ${rows.map(({ member }) => member)}::uuid[], ${rows.map(({ service }) => service)}::uuid[],
          ${rows.map(({ site }) => site)}::uuid[], ${rows.map(({ department }) => department)}::uuid[], ${rows.map(({ start }) => start)}::timestamptz[], ${rows.map(({ end }) => end)}::timestamptz[]) as v`);
    },
  });
}

/** Patients, fourteen months of visits and the older incidents, newest first, in small steps so that people are not kept waiting. Each
 *  step is counted with what it writes, so a history that was cut short goes on where it stopped. */
export async function fillHistory(stage: Stage, ground: Ground): Promise<void> {
  const done = await inClinic(stage, async (db) => ({
    patients: await countedSteps(db, "demo patients"),
    visits: await countedSteps(db, "demo visits"),
    cases: await countedSteps(db, "demo cases"),
  }));
  const known = await inClinic(stage, (db) => demoPatients(db));
  const steps: (() => Promise<unknown>)[] = [];
  for (let from = done.patients * chunk; from < patientsTotal; from += chunk)
    steps.push(async () => known.push(...(await patients(stage, from, chunk))));
  for (let from = done.visits * chunk; from < visitsTotal; from += chunk)
    steps.push(() => visits(stage, { ground, patients: known, from, count: chunk }));
  for (const number of casesLater.slice(done.cases)) steps.push(() => tellCase(stage, number));
  // a history told to its end is not told of again
  for (const [at, step] of steps.entries()) {
    await step();
    progress(at + 1, steps.length);
    await wait(pauseMs);
  }
}

const inClinic = <T>(stage: Stage, work: (db: Db) => Promise<T>): Promise<T> =>
  stage.app.database.transaction({ clinic: stage.clinicId }, work, { read: true });

/** Ids of the patients told so far, in the order of their telling. */
const demoPatients = async (db: Db): Promise<string[]> =>
  (await db.many(db.from("clinic.patient").select("id").orderBy("code").limit(patientsTotal))).map(({ id }) => id);
