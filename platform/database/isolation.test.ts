import assert from "node:assert/strict";
import { before, test } from "node:test";
import pg from "pg";
import { connection } from "./bootstrap.ts";
import { makeSeal, type Seal } from "./seal.ts";
import { newClinic, type Cast } from "#testing/clinic.ts";
import { atEnd } from "#testing/server.ts";
import { reportIncident } from "#product/control/incidents/contract.ts";

// Method: two clinics with rows in them; one connection of the app's role with the seal of the first. Every table and every verb is tried
// against the second clinic's rows, then the seal itself is attacked.

let mine: Cast;
let theirs: Cast;
let app: pg.Client;
let seal: Seal;
let tables: { name: string; columns: string[]; grants: string[] }[];

const clientOf = async (login: "qms_app" | "qms_worker" | "postgres") => {
  const client = new pg.Client(connection(mine.product.server, login, "qms isolation"));
  client.on("error", () => {});
  await client.connect();
  atEnd(() => client.end());
  return client;
};
const pidOf = (client: pg.Client): number =>
  "processID" in client && typeof client.processID === "number" ? client.processID : 0;

/** Runs one statement under a context and always rolls back. */
async function under<T>(client: pg.Client, context: string | undefined, work: () => Promise<T>): Promise<T> {
  await client.query(
    context === undefined ? "begin" : `begin; set local app.context = ${client.escapeLiteral(context)}`,
  );
  try {
    return await work();
  } finally {
    await client.query("rollback");
  }
}

before(async () => {
  mine = await newClinic();
  theirs = await newClinic();
  for (const cast of [mine, theirs]) await cast.olena.send(reportIncident, { body: { title: "Подія" } });
  app = await clientOf("qms_app");
  ({ seal } = mine.product.platform.app);
  const admin = await clientOf("postgres");
  const { rows } = await admin.query<{ name: string; columns: string[]; grants: string[] }>(`
    select format('%I.%I', n.nspname, c.relname) as name, array_agg(a.attname::text order by a.attnum) as columns,
      array(select p from unnest(array['select', 'insert', 'update', 'delete']) p where has_any_column_privilege('qms_app', c.oid, case when p = 'delete' then 'update' else p end) or has_table_privilege('qms_app', c.oid, p)) as grants
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relkind = 'r' and exists (select from pg_attribute x where x.attrelid = c.oid and x.attname = 'clinic_id')
      and n.nspname in ('platform', 'ledger', 'identity', 'clinic', 'control', 'feedback') group by n.nspname, c.relname, c.oid order by 1`);
  tables = rows;
});

test("no table shows, changes or deletes a row of another clinic, nor takes one in its name", async () => {
  assert(tables.length > 30);
  const context = () =>
    seal.sign({ clinic: mine.clinic.id, member: mine.marta.memberId, person: mine.marta.personId }, pidOf(app));
  for (const { name, columns } of tables) {
    const touched = await under(app, context(), async () => {
      const counts: number[] = [];
      for (const statement of [
        `select from ${name} where clinic_id = $1`,
        `update ${name} set clinic_id = clinic_id where clinic_id = $1`,
        `delete from ${name} where clinic_id = $1`,
      ]) {
        await app.query("savepoint s");
        const done = await app.query(statement, [theirs.clinic.id]).catch((error: unknown) => error);
        if (done instanceof pg.DatabaseError) {
          assert.equal(done.code, "42501", `${statement}: ${done.message}`);
          await app.query("rollback to savepoint s");
        } else if (typeof done === "object" && done !== null && "rowCount" in done) counts.push(Number(done.rowCount));
      }
      return counts;
    });
    assert(
      touched.every((count) => count === 0),
      `${name}: ${touched.join()}`,
    );
    const refused = await under(app, context(), () =>
      app.query(`insert into ${name} (clinic_id) values ($1)`, [theirs.clinic.id]).then(
        () => "taken",
        (error: unknown) => (error instanceof pg.DatabaseError ? error.code : ""),
      ),
    );
    // row security (42501) or a missing grant, or a column that must be filled (23502) before the policy is asked
    assert(refused === "42501" || refused === "23502", `${name} (${columns.length} columns): ${refused}`);
  }
});

test("without a context there are no rows, for people's role and for jobs", async () => {
  const worker = await clientOf("qms_worker");
  for (const client of [app, worker])
    for (const { name } of tables) {
      const found = await under(client, undefined, () =>
        client.query(`select from ${name}`).then(
          ({ rowCount }) => rowCount,
          (error: unknown) => (error instanceof pg.DatabaseError && error.code === "42501" ? 0 : -1),
        ),
      );
      assert.equal(found, 0, name);
    }
});

const count = (client: pg.Client) => client.query<{ n: number }>("select count(*)::int as n from control.incident");
const codeOf = async (work: () => Promise<unknown>): Promise<string> =>
  work().then(
    () => "no error",
    (error: unknown) => (error instanceof pg.DatabaseError ? (error.code ?? "") : String(error)),
  );

test("an injected set_config cannot change the clinic", async () => {
  const own = seal.sign({ clinic: mine.clinic.id }, pidOf(app));
  const forged = own.replace(mine.clinic.id, theirs.clinic.id);
  const ownRows = await under(app, own, () => count(app));
  assert.equal(ownRows.rows[0]?.n, 1);
  assert.equal(
    await codeOf(() =>
      under(app, own, async () => {
        await app.query("select set_config('app.context', $1, true)", [forged]);
        return count(app);
      }),
    ),
    "42501",
  );
  for (const bent of ["x", "a:b:c:d:e:f:g", own.slice(0, -1), `${own}:`, own.replace(/^[^:]+/, "ffffffffffff")])
    assert.equal(await codeOf(() => under(app, bent, () => count(app))), "42501", bent);
});

test("a seal stolen from another connection opens nothing, and an old one neither", async () => {
  const second = await clientOf("qms_app");
  const stolen = seal.sign({ clinic: theirs.clinic.id }, pidOf(second));
  assert.equal(await codeOf(() => under(app, stolen, () => count(app))), "42501");
  assert.equal(
    await codeOf(() => under(app, seal.sign({ clinic: mine.clinic.id }, pidOf(app), -1), () => count(app))),
    "42501",
  );
});

test("a neighbour's statements, keys and foreign seals are out of reach", async () => {
  for (const question of [
    "select * from pg_stat_activity",
    "select pg_stat_get_activity(null)",
    "select * from app_private.context_key",
    "select app.register_key('x', '\\x00')",
    "alter role qms_app set track_activities = on",
    "set session authorization postgres",
    "set role qms_owner",
    "truncate control.incident",
  ])
    assert.equal(await codeOf(() => app.query(question)), "42501", question);
  const stranger = makeSeal();
  assert.equal(
    await codeOf(() => under(app, stranger.sign({ clinic: mine.clinic.id }, pidOf(app)), () => count(app))),
    "42501",
  );
});

test("a context ends with its transaction: the next borrower of the connection sees nothing", async () => {
  await under(app, seal.sign({ clinic: mine.clinic.id }, pidOf(app)), () => count(app));
  assert.equal((await under(app, undefined, () => count(app))).rows[0]?.n, 0);
});

test("a row of one clinic cannot point at a row of another", async () => {
  const admin = await clientOf("postgres");
  const { rows } = await admin.query<{ id: string }>("select id from control.incident where clinic_id = $1", [
    theirs.clinic.id,
  ]);
  const context = seal.sign({ clinic: mine.clinic.id, member: mine.marta.memberId }, pidOf(app));
  assert.equal(
    await codeOf(() =>
      under(app, context, () =>
        app.query(
          "insert into control.incident_move (clinic_id, incident_id, name, to_state) values ($1, $2, 'x', 'reported')",
          [mine.clinic.id, rows[0]?.id],
        ),
      ),
    ),
    "23503",
  );
});

test("nobody edits the ledger, and an outbox entry cannot choose its time or its author", async () => {
  const context = () => seal.sign({ clinic: mine.clinic.id, member: mine.marta.memberId }, pidOf(app));
  const tries = [
    "update ledger.entry set body = ''",
    "delete from ledger.entry",
    "update ledger.checkpoint set note = ''",
    "delete from ledger.outbox",
    "update ledger.outbox set what = '{}'",
    "insert into ledger.outbox (clinic_id, what, at) values (app.clinic_id(), '{}', now() - interval '1 day')",
    `insert into ledger.outbox (clinic_id, what, member_id) values (app.clinic_id(), '{}', '${mine.olena.memberId}')`,
  ];
  for (const statement of tries)
    assert.equal(await codeOf(() => under(app, context(), () => app.query(statement))), "42501", statement);
});

test("a clinic whose title tries to be SQL stays a title", async () => {
  const title = "'; select set_config('app.context', 'x', false); drop table control.incident; --";
  const { code } = await mine.olena.send(reportIncident, { body: { title } });
  assert(code.startsWith("INC-"));
  assert.equal((await under(app, seal.sign({ clinic: mine.clinic.id }, pidOf(app)), () => count(app))).rows[0]?.n, 2);
});
