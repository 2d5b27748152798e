import assert from "node:assert/strict";
import { test } from "node:test";
import { newSecret } from "#platform/crypto/random.ts";
import { listComments } from "#product/feedback/surveys/contract.ts";
import { manyLinks, surveyStory, type SurveyStory } from "#testing/surveys.ts";

type Sent = { status: number; text: string; headers: Headers };

async function get(story: SurveyStory, path: string, headers: Record<string, string> = {}): Promise<Sent> {
  const answer = await fetch(`${story.product.origin}${path}`, { redirect: "manual", headers });
  return { status: answer.status, text: await answer.text(), headers: answer.headers };
}
async function post(
  story: SurveyStory,
  path: string,
  o: { form?: Record<string, string>; raw?: string; headers?: Record<string, string> },
): Promise<Sent> {
  const answer = await fetch(`${story.product.origin}${path}`, {
    method: "POST",
    redirect: "manual",
    headers: { "content-type": "application/x-www-form-urlencoded", origin: story.product.origin, ...o.headers },
    body: o.raw ?? new URLSearchParams(o.form).toString(),
  });
  return { status: answer.status, text: await answer.text(), headers: answer.headers };
}

test("a patient answers by the letter's link without JavaScript; the link dies, and wrong, used and expired look alike", async () => {
  const story = await surveyStory();
  const [link = ""] = await manyLinks(story, 1);
  const page = await get(story, link);
  assert.equal(page.status, 200);
  assert.match(page.text, /<html lang="uk">/);
  assert.match(page.text, /Загалом, яким був ваш досвід/);
  assert.doesNotMatch(page.text, /<script/);
  assert.match(page.headers.get("content-security-policy") ?? "", /style-src 'self' 'nonce-/);
  assert.equal(page.headers.get("referrer-policy"), "same-origin");
  assert(Buffer.byteLength(page.text) < 80_000);
  assert.match((await get(story, `${link}?lang=en`)).text, /<html lang="en">/);
  const sent = await post(story, link, { form: { score: "2", comment: "Усе добре", language: "uk" } });
  assert.equal(sent.status, 303);
  assert.equal(sent.headers.get("location"), "/s/thanks?lang=uk");
  assert.match((await get(story, "/s/thanks?lang=uk")).text, /Дякуємо/);
  const used = await get(story, link);
  const wrong = await get(story, `/s/${newSecret().secret}`);
  const short = await get(story, "/s/nonsense");
  const plain = ({ text }: Sent) => text.replace(/nonce="[^"]*"/, "");
  assert.deepEqual([used.status, wrong.status, short.status], [410, 410, 410]);
  assert.deepEqual(plain(used), plain(wrong));
  assert.deepEqual(plain(used), plain(short));
  assert(!story.product.logs().includes(link.slice(3)));
  const { items } = await story.marta.send(listComments);
  assert.deepEqual(
    items.map(({ text, score }) => [text, score]),
    [["Усе добре", 2]],
  );
});

test("what is missing is said at the top and beside the field, and nothing typed is lost", async () => {
  const story = await surveyStory();
  const [link = ""] = await manyLinks(story, 1);
  const none = await post(story, link, { form: { comment: "<b>Без оцінки</b>", language: "uk" } });
  assert.equal(none.status, 422);
  assert.match(none.text, /<title>Помилка: /);
  assert.match(none.text, /href="#score-1"/);
  assert.match(none.text, /&lt;b>Без оцінки&lt;\/b|&lt;b&gt;Без оцінки/);
  const long = await post(story, link, { form: { score: "1", comment: "я".repeat(4001), language: "en" } });
  assert.match(long.text, /<title>Error: /);
  assert.match(long.text, /href="#comment"/);
  for (const score of ["0", "7", "1.5", "constructor", "1e0", "__proto__"])
    assert.equal((await post(story, link, { form: { score, language: "uk" } })).status, 422, score);
  // the link lives on after every refusal
  assert.equal((await get(story, link)).status, 200);
});

test("hostile forms are refused or kept as plain text", async () => {
  const story = await surveyStory();
  const [first = "", second = ""] = await manyLinks(story, 2);
  assert.equal(
    (await post(story, first, { raw: "score=%FF%FE" })).status,
    422,
    "percent-encoded bytes are replaced, not trusted",
  );
  assert.equal(
    (await post(story, first, { raw: '{"score":1}', headers: { "content-type": "application/json" } })).status,
    415,
  );
  assert.equal(
    (await post(story, first, { form: { score: "1" }, headers: { origin: "https://evil.example" } })).status,
    403,
  );
  assert.equal(
    (await post(story, first, { form: { score: "1" }, headers: { "sec-fetch-site": "cross-site" } })).status,
    403,
  );
  assert.equal((await post(story, first, { raw: `score=1&comment=${"x".repeat(150_000)}` })).status, 413);
  assert.equal((await post(story, first, { form: { score: "1", comment: "нуль\u0000" } })).status, 422);
  const nasty = "'; drop table feedback.response; -- \u202egnp.exe =cmd|' /C calc'!A0";
  const raw = `__proto__=1&constructor[prototype][x]=1&score=5&score=3&language=uk&comment=${encodeURIComponent(nasty)}`;
  assert.equal((await post(story, first, { raw })).status, 303);
  const { items } = await story.marta.send(listComments);
  assert.deepEqual(
    items.map(({ text, score }) => [text, score]),
    [[nasty, 3]],
  );
  assert.equal((await post(story, second, { form: { score: "6", language: "en" } })).status, 303);
});

test("a tracking code is shown once, after the redirect, and stands in no address", async () => {
  const story = await surveyStory();
  const [link = ""] = await manyLinks(story, 1);
  const sent = await post(story, link, { form: { score: "3", wantsAnswer: "yes", language: "uk" } });
  assert.equal(sent.headers.get("location"), "/s/thanks?lang=uk");
  const cookie = (sent.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  assert.match(cookie, /^qms-code=[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/);
  const thanks = await get(story, "/s/thanks?lang=uk", { cookie });
  assert(thanks.text.includes(cookie.slice("qms-code=".length)));
  assert.match(thanks.headers.get("set-cookie") ?? "", /qms-code=;.*Max-Age=0/);
});

// Race: 20 posts of one form leave at once over separate connections; the link's row is deleted by exactly one of them.
test("of twenty posts on one link exactly one becomes an answer", async () => {
  const story = await surveyStory();
  const [link = ""] = await manyLinks(story, 1);
  const all = await Promise.all(
    Array.from({ length: 20 }, () => post(story, link, { form: { score: "1", language: "uk" } })),
  );
  assert.deepEqual(
    all.map(({ status }) => status).toSorted((a, b) => a - b),
    [303, ...Array.from({ length: 19 }, () => 410)],
  );
  const count = await story.product.platform.app.database.transaction({ clinic: story.clinic.id }, (db) =>
    db.many(db.from("feedback.response").select("id")),
  );
  assert.equal(count.length, 1);
});
