import pg from "pg";
import type { Both } from "#core/contract/words.ts";
import type { KeyPort } from "../crypto/keys.ts";
import { connection, migrationsOf, platformSchemas } from "../database/bootstrap.ts";
import { catalogueFaults } from "../database/checks.ts";
import type { Server } from "../database/embedded.ts";
import { ok, type Finding } from "./finding.ts";

type Asked = { client: pg.Client; alone: boolean; folders: readonly string[]; port: KeyPort | undefined };

/** No question may keep a sick database busy for longer. */
const questionMs = 2000;

/** Everything that the database itself is asked, in one transaction that cannot write. */
export async function askDatabase(
  server: Server,
  o: { alone: boolean; folders: readonly string[]; port: KeyPort | undefined },
): Promise<Finding[]> {
  // the superuser sees every clinic's waiting rows; nothing of their content is read
  const client = new pg.Client({
    ...connection(server, "postgres", "qms doctor"),
    connectionTimeoutMillis: questionMs,
    statement_timeout: questionMs,
  });
  client.on("error", () => {});
  await client.connect();
  try {
    await client.query("begin transaction read only");
    const asked: Asked = { client, ...o };
    const findings = [reached(o.alone)];
    for (const ask of [migrations, checksums, longTransactions, connections, rootKey, clock, zone])
      findings.push(...(await answered(client, () => ask(asked))));
    // without a running QMS nobody moves what waits: that says nothing
    for (const ask of o.alone ? [deadJobs] : [ledger, jobs, deadJobs, letters])
      findings.push(...(await answered(client, () => ask(asked))));
    return [...findings, ...(await walls(server))];
  } finally {
    await client.end();
  }
}

/** A question that fails is a finding of its own and does not stop the others. */
async function answered(client: pg.Client, ask: () => Promise<Finding[]>): Promise<Finding[]> {
  await client.query("savepoint question");
  try {
    return await ask();
  } catch (error) {
    await client.query("rollback to savepoint question");
    const why = error instanceof Error ? error.message : String(error);
    return [
      {
        code: "E-DB-02",
        state: "failed",
        what: { uk: "База не відповідає на запитання цього випуску", en: "The database does not answer this release" },
        why: { uk: why, en: why },
        fix: {
          uk: "Запустіть QMS: воно доведе базу до цього випуску.",
          en: "Start QMS: it leads the database to this release.",
        },
      },
    ];
  }
}

const reached = (alone: boolean): Finding =>
  alone
    ? ok("E-DB-01", {
        uk: "База відповідає (QMS не працює: базу запущено для перевірки)",
        en: "The database answers (QMS does not run: its database was started for this check)",
      })
    : ok("E-DB-01", { uk: "База відповідає", en: "The database answers" });

async function numberOf({ client }: Asked, text: string): Promise<number> {
  const { rows } = await client.query<{ n: string | null }>(text);
  return Number(rows[0]?.n ?? 0);
}

/** A finding by two thresholds; at or below the first all is well. */
function graded(
  code: string,
  value: number,
  o: { attention: number; failed: number; what: Both; why: Both; fix: Both },
): Finding {
  if (value <= o.attention) return ok(code, o.what);
  return { code, state: value > o.failed ? "failed" : "attention", what: o.what, why: o.why, fix: o.fix };
}

async function migrations({ client, folders }: Asked): Promise<Finding[]> {
  const steps = migrationsOf([...platformSchemas, ...folders]);
  const { rows } = await client.query<{ name: string; sha256: string }>("select name, sha256 from platform.migration");
  const run = new Map(rows.map(({ name, sha256 }) => [name, sha256]));
  const behind = steps.filter(({ name }) => !run.has(name)).map(({ name }) => name);
  const changed = steps.filter(({ name, sha256 }) => run.has(name) && run.get(name) !== sha256).map(({ name }) => name);
  const ahead = [...run.keys()].filter((name) => !steps.some((step) => step.name === name));
  const wrong = [...behind, ...changed, ...ahead];
  if (wrong.length === 0) return [ok("E-DB-02", { uk: "Таблиці цього випуску", en: "Tables are of this release" })];
  const fix =
    ahead.length > 0
      ? { uk: "Запустіть новіший випуск QMS.", en: "Start the newer release of QMS." }
      : { uk: "Запустіть QMS (npm start): воно виконає кроки.", en: "Start QMS (npm start): it runs the steps." };
  return [
    {
      code: "E-DB-02",
      state: "failed",
      what: {
        uk: `База ${ahead.length > 0 ? "новіша за програму" : "старіша за програму"}: ${wrong.join(", ")}`,
        en: `The database is ${ahead.length > 0 ? "ahead of" : "behind"} the program: ${wrong.join(", ")}`,
      },
      why: { uk: "Таблиці не такі, яких чекає програма.", en: "Tables are not those the program expects." },
      fix,
    },
  ];
}

async function walls(server: Server): Promise<Finding[]> {
  const faults = await catalogueFaults(server);
  const codeOf = (check: string): string => (check.startsWith("row security") ? "E-DB-04" : "E-DB-03");
  const found = faults.map(({ check, what }): Finding => ({
    code: codeOf(check),
    state: "failed",
    what: { uk: `Бракує стіни: ${check} (${what})`, en: `A wall is missing: ${check} (${what})` },
    why: {
      uk: "Рядки одного закладу може побачити інший. QMS на такій базі не запускається.",
      en: "Rows of one clinic may be seen by another. QMS does not start on such a database.",
    },
    fix: {
      uk: "Відновіть базу або поверніть права й політики цього випуску.",
      en: "Restore the database, or put back the grants and policies of this release.",
    },
  }));
  const whole = [
    ok("E-DB-03", { uk: "Ролі не обходять захисту рядків", en: "Roles cannot pass row security" }),
    ok("E-DB-04", { uk: "Захист рядків увімкнено скрізь", en: "Row security is forced everywhere" }),
  ].filter(({ code }) => !found.some((one) => one.code === code));
  return [...whole, ...found];
}

async function checksums(asked: Asked): Promise<Finding[]> {
  const { rows } = await asked.client.query<{ data_checksums: string }>("show data_checksums");
  const failures = await numberOf(asked, "select sum(checksum_failures) as n from pg_stat_database");
  if (rows[0]?.data_checksums === "on" && failures === 0)
    return [ok("E-DB-05", { uk: "Контрольні суми сторінок сходяться", en: "Page checksums hold" })];
  return [
    {
      code: "E-DB-05",
      state: "failed",
      what:
        failures > 0
          ? { uk: `Пошкоджених сторінок: ${failures}`, en: `Damaged pages: ${failures}` }
          : { uk: "Контрольні суми сторінок вимкнено", en: "Page checksums are off" },
      why: { uk: "Псування диска лишилося б непоміченим.", en: "A failing disk would stay unnoticed." },
      fix: {
        uk: "Відновіть базу на справному диску; суми вмикає pg_checksums --enable.",
        en: "Restore the database on a sound disk; pg_checksums --enable turns them on.",
      },
    },
  ];
}

async function longTransactions(asked: Asked): Promise<Finding[]> {
  const minutes = await numberOf(
    asked,
    "select max(extract(epoch from now() - xact_start)) / 60 as n from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()",
  );
  const shown = minutes.toFixed(0);
  return [
    graded("E-DB-06", minutes, {
      attention: 5,
      failed: 30,
      what: { uk: `Найдовша транзакція: ${shown} хв`, en: `Oldest transaction: ${shown} min` },
      why: { uk: "Вона не дає прибирати старі рядки.", en: "It keeps old rows from being cleaned away." },
      fix: { uk: "Знайдіть її в pg_stat_activity і завершіть.", en: "Find it in pg_stat_activity and end it." },
    }),
  ];
}

async function connections(asked: Asked): Promise<Finding[]> {
  const percent = await numberOf(
    asked,
    "select 100.0 * count(*) / current_setting('max_connections')::int as n from pg_stat_activity where backend_type = 'client backend'",
  );
  const shown = `${percent.toFixed(0)} %`;
  return [
    graded("E-DB-07", percent, {
      attention: 70,
      failed: 90,
      what: { uk: `Зайнято з'єднань: ${shown}`, en: `Connections in use: ${shown}` },
      why: { uk: "Коли їх не лишиться, запити чекатимуть.", en: "When none is left, requests wait." },
      fix: {
        uk: "Закрийте зайві програми або підніміть max_connections.",
        en: "Close what is not needed, or raise max_connections.",
      },
    }),
  ];
}

async function rootKey({ client, port }: Asked): Promise<Finding[]> {
  if (!port) return []; // told already
  const { rows } = await client.query<{ secret: Buffer; kek: string }>("select secret, kek from platform.installation");
  const [row] = rows;
  if (!row) return [];
  try {
    port.unwrap({ kek: row.kek, wrapped: new Uint8Array(row.secret) });
    return [ok("E-KEY-01", { uk: "Кореневий ключ відкриває дані", en: "The root key opens the data" })];
  } catch {
    return [
      {
        code: "E-KEY-01",
        state: "failed",
        what: { uk: "Кореневий ключ не від цієї бази", en: "The root key is not this database's" },
        why: { uk: "Імена й тексти лишаться закритими.", en: "Names and texts would stay closed." },
        fix: { uk: "Поверніть keys/root.key цієї інсталяції.", en: "Put back this installation's keys/root.key." },
      },
    ];
  }
}

async function clock(asked: Asked): Promise<Finding[]> {
  const began = Date.now();
  const there = await numberOf(asked, "select extract(epoch from clock_timestamp()) * 1000 as n");
  const apart = Math.abs(there - (began + Date.now()) / 2) / 1000;
  return [
    graded("E-CLK-01", apart, {
      attention: 1,
      failed: 30,
      what: {
        uk: `Годинники бази й програми: різниця ${apart.toFixed(1)} с`,
        en: `Clocks of database and program: ${apart.toFixed(1)} s apart`,
      },
      why: { uk: "Підписані запити живуть хвилину.", en: "Signed requests live for a minute." },
      fix: {
        uk: "Увімкніть синхронізацію часу (timedatectl set-ntp true).",
        en: "Turn time synchronisation on (timedatectl set-ntp true).",
      },
    }),
  ];
}

/** Months ahead in which both must give the same offset: bookings reach no further. */
const zoneMonths = 24;

/** Offset of a zone at so many months from now, as Node knows it, in seconds. */
const nodeOffset = (at: Temporal.Instant, name: string): number => at.toZonedDateTimeISO(name).offsetNanoseconds / 1e9;

async function zone({ client }: Asked): Promise<Finding[]> {
  const name = "Europe/Kyiv";
  const { rows } = await client.query<{ at: string; seconds: string }>(
    `select to_char(t at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at, extract(epoch from (t at time zone $1) - (t at time zone 'UTC'))::int as seconds
     from generate_series(date_trunc('month', now()), date_trunc('month', now()) + make_interval(months => $2), interval '1 week') t`,
    [name, zoneMonths],
  );
  const differs = rows.find(({ at, seconds }) => nodeOffset(Temporal.Instant.from(at), name) !== Number(seconds));
  if (!differs) return [ok("E-CFG-05", { uk: "Часові пояси однакові", en: "Time zones agree" })];
  return [
    {
      code: "E-CFG-05",
      state: "failed",
      what: {
        uk: `Node і PostgreSQL по-різному знають ${name} (${differs.at})`,
        en: `Node and PostgreSQL disagree on ${name} (${differs.at})`,
      },
      why: { uk: "Звіти за днями розійдуться з розкладом.", en: "Daily reports would differ from the schedule." },
      fix: {
        uk: "Оновіть QMS: обидва мають ту саму базу поясів.",
        en: "Upgrade QMS: both then carry the same zone data.",
      },
    },
  ];
}

async function ledger(asked: Asked): Promise<Finding[]> {
  const seconds = await numberOf(
    asked,
    "select extract(epoch from clock_timestamp() - min(at)) as n from ledger.outbox",
  );
  return [
    graded("E-LED-01", seconds, {
      attention: 10,
      failed: 60,
      what: {
        uk: `Найстарший запис поза журналом: ${seconds.toFixed(0)} с`,
        en: `Oldest entry outside the log: ${seconds.toFixed(0)} s`,
      },
      why: {
        uk: "Доки запис не в журналі, його ще не засвідчено.",
        en: "An entry outside the log is not yet witnessed.",
      },
      fix: {
        uk: "Перезапустіть QMS; якщо не мине, перевірте журнал (qms ledger export, verify).",
        en: "Restart QMS; if it stays, verify the log (qms ledger export, verify).",
      },
    }),
  ];
}

async function jobs(asked: Asked): Promise<Finding[]> {
  const seconds = await numberOf(
    asked,
    "select extract(epoch from now() - min(run_at)) as n from graphile_worker.jobs where locked_at is null and attempts < max_attempts and run_at <= now()",
  );
  return [
    graded("E-JOB-01", seconds, {
      attention: 60,
      failed: 300,
      what: {
        uk: `Найстарше завдання чекає: ${seconds.toFixed(0)} с`,
        en: `Oldest job waits: ${seconds.toFixed(0)} s`,
      },
      why: { uk: "Сигнали, листи й нагадування запізнюються.", en: "Signals, letters and reminders are late." },
      fix: { uk: "Перезапустіть QMS.", en: "Restart QMS." },
    }),
  ];
}

async function deadJobs(asked: Asked): Promise<Finding[]> {
  const n = await numberOf(asked, "select count(*) as n from platform.dead_job where retried_at is null");
  if (n === 0) return [ok("E-JOB-02", { uk: "Завдань, що не вдалися, немає", en: "No job has failed for good" })];
  return [
    {
      code: "E-JOB-02",
      state: "attention",
      what: { uk: `Завдань, що не вдалися за п'ять спроб: ${n}`, en: `Jobs that failed five times: ${n}` },
      why: { uk: "Що мало статися після події, не сталося.", en: "What should have followed an event did not." },
      fix: {
        uk: "Перегляньте їх у розділі «Системні завдання» й повторіть.",
        en: "Look at them under System jobs and retry.",
      },
    },
  ];
}

async function letters(asked: Asked): Promise<Finding[]> {
  const minutes = await numberOf(
    asked,
    "select extract(epoch from now() - min(send_after)) / 60 as n from platform.message where state = 'waiting' and send_after <= now()",
  );
  return [
    graded("E-MAIL-01", minutes, {
      attention: 5,
      failed: 60,
      what: {
        uk: `Найстарший лист чекає: ${minutes.toFixed(0)} хв`,
        en: `Oldest letter waits: ${minutes.toFixed(0)} min`,
      },
      why: { uk: "Запрошення й нагадування не доходять.", en: "Invitations and reminders do not arrive." },
      fix: { uk: "Перевірте mail.url і поштову службу.", en: "Check mail.url and the mail service." },
    }),
  ];
}
