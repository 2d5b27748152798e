import { join } from "node:path";
import type { Server } from "#platform/database/embedded.ts";
import { asAdmin } from "./admin.ts";
import { familyOf, startPinned } from "./box.ts";
import { freePort } from "#testing/port.ts";
import { said, type Subject } from "./subject.ts";

export type Baseline = { origin: string; pids: () => string[]; stop: () => void };

/** The clinic's id, and codes of visits to ask for. */
export async function groundOf(subject: Subject): Promise<{ clinic: string; codes: string[] }> {
  return asAdmin(subject.server, async (client) => {
    const routes = await client.query<{ clinic_id: string }>("select clinic_id from identity.clinic_route limit 1");
    const clinic = routes.rows[0]?.clinic_id ?? "";
    const visits = await client.query<{ code: string }>("select code from clinic.visit where clinic_id = $1", [clinic]);
    await client.query("checkpoint");
    await client.query("vacuum analyze");
    return { clinic, codes: visits.rows.map(({ code }) => code) };
  });
}

/** Tables of the careful server: the same visits under plain row security, and an audit. */
async function makeCarefulTables(server: Server): Promise<void> {
  await asAdmin(server, (client) =>
    client.query(`create schema if not exists bench; drop table if exists bench.visit, bench.audit;
    create table bench.visit as select v.*, m.name as member, s.name_uk as service from clinic.visit v join clinic.member m using (clinic_id) join clinic.service s on s.clinic_id = v.clinic_id and s.id = v.service_id where m.id = v.member_id;
    create unique index on bench.visit (clinic_id, code);
    create table bench.audit (clinic_id uuid, id uuid default uuidv7() primary key, at timestamptz default clock_timestamp(), who text, what text);
    alter table bench.visit enable row level security; alter table bench.audit enable row level security;
    create policy p on bench.visit using (clinic_id = current_setting('bench.clinic')::uuid);
    create policy p on bench.audit using (clinic_id = current_setting('bench.clinic')::uuid) with check (clinic_id = current_setting('bench.clinic')::uuid);
    grant usage on schema bench to qms_migrate; grant select on bench.visit to qms_migrate; grant insert, select on bench.audit to qms_migrate; analyze bench.visit;`),
  );
}

/** Starts one of the servers we compare with, on the same core and database. */
export async function startBaseline(name: "bare" | "careful", subject: Subject, clinic: string): Promise<Baseline> {
  if (name === "careful") await makeCarefulTables(subject.server);
  const port = await freePort();
  const env = {
    ...process.env,
    BENCH_SERVER: JSON.stringify(subject.server),
    BENCH_CLINIC: clinic,
    BENCH_PORT: String(port),
  };
  const child = startPinned(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", join(import.meta.dirname, "..", "baseline", `${name}.ts`)],
    { env, box: subject.box },
  );
  await said(child, /listening/);
  return {
    origin: `http://127.0.0.1:${port}`,
    pids: () => familyOf(child.pid, [`${subject.data}/postgres`]),
    stop: () => void child.kill("SIGKILL"),
  };
}
