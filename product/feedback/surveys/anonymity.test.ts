import assert from "node:assert/strict";
import { test } from "node:test";
import pg from "pg";
import { connection } from "#platform/database/bootstrap.ts";
import { eventually } from "#testing/clinic.ts";
import { listIncidents } from "#product/control/incidents/contract.ts";
import { handleComment, listComments } from "./contract.ts";
import { tellsDanger } from "./low-score.ts";
import { manyLinks, surveyStory } from "#testing/surveys.ts";

const answer = (origin: string, link: string, form: Record<string, string>) =>
  fetch(`${origin}${link}`, {
    method: "POST",
    redirect: "manual",
    body: new URLSearchParams({ language: "uk", ...form }),
  });

// Method: a superuser reads every row of every table as text and looks for the answer's id; no row that holds it may hold the visit, the
// patient, the invitation or the link, and the answer's own row no time finer than a day.
test("nothing that is stored joins an answer to the visit it is about", async () => {
  const story = await surveyStory();
  const [link = ""] = await manyLinks(story, 5);
  assert.equal((await answer(story.product.origin, link, { score: "1", comment: "Дякую" })).status, 303);
  const client = new pg.Client(
    connection(story.product.server, "postgres", "qms tests", story.product.server.database),
  );
  await client.connect();
  try {
    const ids = async (text: string) =>
      (await client.query<{ id: string }>(text, [story.clinic.id])).rows.map(({ id }) => id);
    const [response = ""] = await ids("select id from feedback.response where clinic_id = $1");
    assert.match(response, /^[0-9a-f]{8}-[0-9a-f]{4}-4/);
    const secrets = await ids(
      "select visit_id::text as id from feedback.invitation where clinic_id = $1 union select patient_id::text from feedback.invitation where clinic_id = $1 union select id::text from feedback.invitation where clinic_id = $1",
    );
    assert.equal(secrets.length, 15);
    const left = () => client.query("select 1 from platform.event where name = 'response.received'");
    await eventually(async () => (await left()).rowCount === 0);
    const tables = await client.query<{ name: string }>(
      "select format('%I.%I', table_schema, table_name) as name from information_schema.tables where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')",
    );
    let found = 0;
    for (const { name } of tables.rows) {
      const rows = await client.query<{ row: string }>(
        `select t::text as row from ${name} t where t::text like '%' || $1 || '%'`,
        [response],
      );
      for (const { row } of rows.rows) {
        found++;
        assert.equal(name, "feedback.response");
        assert.doesNotMatch(row, /\d{2}:\d{2}/, "a time of the day");
        assert(secrets.every((secret) => !row.includes(secret)));
      }
    }
    assert.equal(found, 1);
    const handled = await client.query(
      "select 1 from platform.handled where clinic_id = $1 and reaction = 'raise-low-score'",
      [story.clinic.id],
    );
    assert.equal(handled.rowCount, 0);
    const tokens = await client.query("select 1 from platform.link_token where clinic_id = $1", [story.clinic.id]);
    assert.equal(tokens.rowCount, 4);
  } finally {
    await client.end();
  }
});

test("an answer keeps its department only when five were invited there", async () => {
  const few = await surveyStory();
  const [lonely = ""] = await manyLinks(few, 4);
  await answer(few.product.origin, lonely, { score: "2", comment: "Мало нас" });
  const many = await surveyStory();
  const [crowded = ""] = await manyLinks(many, 5);
  await answer(many.product.origin, crowded, { score: "2", comment: "Багато нас" });
  const place = (story: typeof few) =>
    story.product.platform.app.database.transaction({ clinic: story.clinic.id }, (db) =>
      db.many(db.from("feedback.response").select(["site_id", "department_id"])),
    );
  assert.deepEqual(await place(few), [{ site_id: null, department_id: null }]);
  assert.deepEqual(await place(many), [{ site_id: many.ground.siteId, department_id: many.ground.therapyId }]);
  // one answer alone names no place on screen
  assert.deepEqual(
    (await many.marta.send(listComments)).items.map(({ where }) => where),
    [null],
  );
});

test("a low score opens a case without a reporter; words of danger do so with any score", async () => {
  const story = await surveyStory();
  const [low = "", danger = "", fine = ""] = await manyLinks(story, 3);
  await answer(story.product.origin, low, { score: "5", comment: "Довго чекали" });
  await answer(story.product.origin, danger, { score: "1", comment: "Мало не впала на мокрій підлозі" });
  await answer(story.product.origin, fine, { score: "2", comment: "Усе вчасно" });
  const cases = await eventually(async () => {
    const { items } = await story.marta.send(listIncidents);
    return items.length >= 2 ? items : undefined;
  });
  assert.equal(cases.length, 2);
  const comments = await story.marta.send(listComments);
  assert.equal(comments.items.filter(({ incident }) => incident !== null).length, 2);
  const [first] = comments.items;
  assert(first);
  const params = { id: first.id };
  await story.marta.refused("response.reason-needed", handleComment, { params, body: { as: "hidden" } });
  await story.olena.refused("right.missing", handleComment, { params, body: { as: "thanked" } });
  assert.equal((await story.marta.send(handleComment, { params, body: { as: "thanked" } })).state, "thanked");
  assert.equal((await story.marta.send(listComments)).newCount, 2);
});

test("words of danger are found at the beginning of words, in both languages", () => {
  for (const text of ["Бабуся ВПАЛА з ліжка", "wrong  drug was given", "Мене переплутали з іншим", "he threatened me"])
    assert(tellsDanger(text), text);
  for (const text of ["Усе добре", "Дуже уважний лікар", "no deathly silence here? no"].slice(0, 2))
    assert(!tellsDanger(text), text);
});
