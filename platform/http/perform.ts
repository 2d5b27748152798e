import { createHash } from "node:crypto";
import { sql } from "kysely";
import { holds, holdersOf } from "#core/access/rights.ts";
import { Problem, problem } from "#core/contract/problem.ts";
import type { Db } from "../database/db.ts";
import { newId } from "../database/ids.ts";
import type { App } from "../start/app.ts";
import { openEvents, writeEvents } from "../jobs/events.ts";
import { openNotes, writeEntryOf, type Draft, type Notes, type Via } from "../ledger/write.ts";
import type { ClinicFacts, Context, Member } from "./context.ts";
import { parsePart } from "./input.ts";
import type { Handler } from "./registry.ts";

/** Who asks, in which clinic, by which door. `stream` and cookies are HTTP's own matter. */
export type Who = { clinic: ClinicFacts; member: Member; session?: string; via: Via };
export type Raw = { params: unknown; query: unknown; body: unknown };
export type Performed = { status: number; reply: unknown };

/** Thrown inside a transaction whose idempotency key another one has just used: this one's work is rolled back. */
class KeyTaken extends Error {}

/** The same right, limits and ledger for every face: HTTP, portal, FHIR, command line and jobs. */
export async function perform(
  app: App,
  handler: Handler,
  who: Who,
  raw: Raw & { key?: string | undefined },
): Promise<Performed> {
  demandRight(handler, who);
  const { route } = handler;
  const act: Act = {
    app,
    handler,
    who,
    input: {
      params: route.params ? parsePart(route.params, raw.params, "/path") : undefined,
      query: route.query ? parsePart(route.query, raw.query, "/query") : undefined,
      body: route.body ? parsePart(route.body, raw.body, "") : undefined,
    },
    status: route.created ? 201 : route.reply.type === "null" ? 204 : 200,
    isRead: !route.ledger.writes && route.method === "GET",
    repeat: raw.key ? { key: raw.key, digest: digestOf(handler, raw) } : undefined,
  };
  const before = await earlierReply(act);
  if (before) return before;
  try {
    return await once(act);
  } catch (error) {
    if (!(error instanceof KeyTaken)) throw error;
    const meanwhile = await earlierReply(act);
    if (meanwhile) return meanwhile;
    throw problem("request.in-progress");
  }
}

/** One act on its way through the pipeline: checked input, and what its idempotency key asks for. */
type Act = {
  app: App;
  handler: Handler;
  who: Who;
  input: { params: unknown; query: unknown; body: unknown };
  status: number;
  isRead: boolean;
  repeat: { key: string; digest: Buffer } | undefined;
};

/** Transaction, use case, ledger, events; the platform may run it once more, so nothing leaves the process from inside. */
async function once(act: Act): Promise<Performed> {
  const { app, who, isRead, status } = act;
  const sealed = {
    clinic: who.clinic.id,
    member: who.member.id ?? undefined,
    person: who.member.personId ?? undefined,
  };
  const done = await app.database.transaction(sealed, (db) => work(act, db), { read: isRead });
  // A read's answer leaves after its entry is durable; entries of concurrent reads share one commit.
  if (isRead && done.draft)
    await app.readWriter.write({ clinic: who.clinic.id, member: who.member.id ?? undefined, draft: done.draft });
  return { status, reply: done.reply };
}

async function work(act: Act, db: Db): Promise<{ reply: unknown; draft: Draft | undefined }> {
  const { app, handler, who, input } = act;
  const notes = openNotes(aboutOf(handler, input.params));
  const events = openEvents(newId);
  const keys = app.keyring.of(db, who.clinic.id);
  const ctx: Context = {
    db,
    clinic: who.clinic,
    member: who.member,
    now: app.clock.now(),
    ledger: notes,
    events,
    keys,
  };
  const reply: unknown = handler.route.reply.parse(await handler.run(ctx, input));
  const draft = handler.route.ledger.none === undefined ? await draftOf(handler, who, { notes, ctx }) : undefined;
  if (act.isRead) return { reply, draft };
  if (draft) await writeEntryOf(db, draft);
  const said = { clinic: who.clinic.id, member: who.member.id, reactionsOf: app.reactionsOf };
  if (events.said.length > 0) await writeEvents(db, events.said, said);
  if (act.repeat) await keepReply(ctx, { ...act.repeat, status: act.status, reply });
  return { reply, draft };
}

const earlierReply = ({ app, who, repeat }: Act): Promise<Performed | undefined> =>
  repeat ? replayOf(app, who, repeat) : Promise.resolve(undefined);

function demandRight({ route }: Handler, { member }: Who): void {
  if (route.right === "public" || route.right === "self") return;
  if (member.as.startsWith("job:")) return;
  if (holds(member.types, route.right)) return;
  throw new Problem("right.missing", { right: route.right, whoCanGrant: holdersOf("member:grant") });
}

function aboutOf({ route }: Handler, params: unknown): { t: string; i: string } | undefined {
  const thing = route.about ?? route.ledger.reads ?? route.ledger.writes;
  if (!thing || typeof params !== "object" || params === null) return undefined;
  const [named] = Object.values(params);
  return typeof named === "string" ? { t: thing, i: named } : undefined;
}

const draftOf = (handler: Handler, who: Who, { notes, ctx }: { notes: Notes; ctx: Context }) =>
  notes.draft(
    {
      act: handler.route.act,
      use: handler.route.ledger,
      who: who.member.as === "member" ? (who.member.id ?? "public") : who.member.as,
      types: who.member.types,
      session: who.session,
      via: who.via,
    },
    ctx.keys,
  );

const digestOf = ({ route }: Handler, raw: Raw): Buffer =>
  createHash("sha256")
    .update(`${route.method} ${route.path}\n${JSON.stringify(raw.params)}\n${JSON.stringify(raw.body)}`)
    .digest();

async function keepReply(
  ctx: Context,
  { key, digest, status, reply }: { key: string; digest: Buffer } & Performed,
): Promise<void> {
  const sealed = await ctx.keys.seal(
    "clinic",
    { thing: "idempotency", id: key, field: "reply" },
    JSON.stringify(reply),
  );
  const insert = ctx.db
    .insert("platform.idempotency")
    .values({ clinic_id: ctx.clinic.id, key, member_id: ctx.member.id, digest, status, reply: sealed });
  // Two requests with one key wait for each other here; the later one finds the row and its work is rolled back.
  const kept = await ctx.db.run(insert.onConflict((conflict) => conflict.columns(["clinic_id", "key"]).doNothing()));
  if (kept === 0) throw new KeyTaken();
}

/** The reply this key was given before. Throws `request.key-reused` when it came with another request or person. */
async function replayOf(
  app: App,
  who: Who,
  { key, digest }: { key: string; digest: Buffer },
): Promise<Performed | undefined> {
  const sealed = { clinic: who.clinic.id, member: who.member.id ?? undefined };
  return app.database.transaction(
    sealed,
    async (db) => {
      const row = await db.maybe(
        db
          .from("platform.idempotency")
          .select(["digest", "status", "reply", "member_id"])
          .where("key", "=", key)
          .where(sql<boolean>`at > now() - interval '24 hours'`),
      );
      if (!row) return undefined;
      if (!row.digest.equals(digest) || row.member_id !== who.member.id) throw problem("request.key-reused");
      const text = row.reply
        ? await app.keyring
            .of(db, who.clinic.id)
            .open("clinic", { thing: "idempotency", id: key, field: "reply" }, row.reply)
        : "null";
      return { status: row.status, reply: JSON.parse(text) };
    },
    { read: true },
  );
}
