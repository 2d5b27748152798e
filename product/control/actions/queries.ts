import { sql } from "kysely";
import { problem } from "#core/contract/problem.ts";
import type { Page } from "#core/contract/shapes.ts";
import type { Db } from "#platform/database/db.ts";
import { afterKey } from "#platform/database/keyset.ts";

const columns = [
  "id",
  "code",
  "title",
  "kind",
  "category",
  "strength",
  "state",
  "owner_id",
  "due_on",
  "first_due_on",
  "postponed",
  "source_type",
  "source_id",
  "proposed_by",
  "effect_indicator",
  "effect_direction",
  "effect_size",
  "check_on",
  "no_check",
  "done_on",
  "verdict",
  "verdict_at",
  "verdict_note",
  "cycle",
  "created_at",
  "version",
] as const;

/** The action by its code, locked to the end of the transaction. Throws `action.unknown`. */
export const lockAction = (db: Db, code: string) =>
  db.one("action.unknown", db.from("control.action").select(columns).where("code", "=", code).forUpdate());
export const actionByCode = (db: Db, code: string) =>
  db.one("action.unknown", db.from("control.action").select(columns).where("code", "=", code));
export type ActionData = Awaited<ReturnType<typeof actionByCode>>;

/** Actions of one source, oldest first. Index: action_source. */
export const actionsOfSource = (db: Db, type: string, id: string) =>
  db.many(
    db
      .from("control.action")
      .select(columns)
      .where("source_type", "=", type)
      .where("source_id", "=", id)
      .orderBy("created_at")
      .orderBy("id")
      .limit(100),
  );

/** How many of a source's actions nobody has decided yet. Index: action_source. */
export const countUndecided = (db: Db, type: string, id: string) =>
  db.one(
    "action.unknown",
    db
      .from("control.action")
      .select((e) => e.fn.countAll<number>().as("count"))
      .where("source_type", "=", type)
      .where("source_id", "=", id)
      .where("state", "=", "new"),
  );

export const insertAction = (
  db: Db,
  row: {
    id: string;
    code: string;
    title: Buffer;
    kind: string;
    sourceType: string;
    sourceId: string | null;
    proposedBy: string | null;
    createdAt: string;
  },
) =>
  db.run(
    db.insert("control.action").values({
      clinic_id: db.clinicId ?? "",
      id: row.id,
      code: row.code,
      title: row.title,
      kind: row.kind,
      source_type: row.sourceType,
      source_id: row.sourceId,
      proposed_by: row.proposedBy,
      created_by: row.proposedBy,
      created_at: row.createdAt,
    }),
  );

type Change = Partial<{
  state: string;
  owner_id: string | null;
  due_on: string | null;
  first_due_on: string | null;
  postponed: number;
  category: string | null;
  strength: string | null;
  effect_indicator: string | null;
  effect_direction: string | null;
  effect_size: string | null;
  check_on: string | null;
  no_check: boolean;
  done_on: string | null;
  verdict: string | null;
  verdict_at: string | null;
  verdict_by: string | null;
  verdict_note: Buffer | null;
  verdict_evidence: string | null;
  cycle: number;
}>;

/** Writes a move: only from the state and version that was read. Throws `action.moved-meanwhile`. */
export async function changeAction(
  db: Db,
  row: { id: string; state: string; version: number },
  change: Change,
): Promise<void> {
  const changed = await db.run(
    db
      .update("control.action")
      .set({ ...change, version: row.version + 1 })
      .where("id", "=", row.id)
      .where("state", "=", row.state)
      .where("version", "=", row.version),
  );
  if (changed === 0) throw problem("action.moved-meanwhile");
}

export const insertMove = (
  db: Db,
  row: {
    id: string;
    actionId: string;
    at: string;
    memberId: string | null;
    name: string;
    from: string | null;
    to: string;
    reason: Buffer | null;
    undoOf?: string | null;
  },
) =>
  db.run(
    db.insert("control.action_move").values({
      clinic_id: db.clinicId ?? "",
      id: row.id,
      action_id: row.actionId,
      at: row.at,
      member_id: row.memberId,
      name: row.name,
      from_state: row.from,
      to_state: row.to,
      reason: row.reason,
      undo_of: row.undoOf ?? null,
    }),
  );

export const movesOfAction = (db: Db, actionId: string) =>
  db.many(
    db
      .from("control.action_move")
      .select(["id", "at", "member_id", "name", "from_state", "to_state", "reason", "undo_of"])
      .where("action_id", "=", actionId)
      .orderBy("at")
      .orderBy("id")
      .limit(200),
  );

export const insertEvidence = (
  db: Db,
  row: { id: string; actionId: string; cycle: number; kind: string; text: Buffer; memberId: string | null; at: string },
) =>
  db.run(
    db.insert("control.action_evidence").values({
      clinic_id: db.clinicId ?? "",
      id: row.id,
      action_id: row.actionId,
      cycle: row.cycle,
      kind: row.kind,
      text: row.text,
      member_id: row.memberId,
      at: row.at,
    }),
  );

export const evidenceOf = (db: Db, actionId: string) =>
  db.many(
    db
      .from("control.action_evidence")
      .select(["id", "at", "kind", "text", "member_id", "cycle"])
      .where("action_id", "=", actionId)
      .orderBy("at")
      .limit(200),
  );

const open = ["new", "planned", "doing", "checking"];
export type ListAsked = Page & { state: "open" | "all" | "mine" | "overdue" | "checking" };

/** Actions by due date (those without one last), one page after `after`. Index: action_open; `all` goes by time, index action_time. */
export function actionsByDue(db: Db, asked: ListAsked, o: { memberId: string | null; today: string }) {
  const base = db.from("control.action").select(columns);
  if (asked.state === "all")
    return db.many(
      base
        .where(afterKey({ created_at: "instant", id: "id" }, asked.after, "desc"))
        .orderBy("created_at", "desc")
        .orderBy("id", "desc")
        .limit(asked.limit + 1),
    );
  let query = base.where("state", "in", open);
  if (asked.state === "mine") query = query.where("owner_id", "=", o.memberId);
  if (asked.state === "overdue") query = query.where("due_on", "<", o.today).where("state", "in", ["planned", "doing"]);
  if (asked.state === "checking") query = query.where("state", "=", "checking");
  const due = sql<string>`coalesce(due_on, 'infinity'::date)`;
  if (asked.after !== undefined) query = query.where(afterDue(asked.after));
  return db.many(
    query
      .orderBy(due)
      .orderBy("id")
      .limit(asked.limit + 1),
  );
}

function afterDue(after: string) {
  const [due, id] = decodeTwo(after);
  return sql<boolean>`(coalesce(due_on, 'infinity'::date), id) > (${due}::date, ${id}::uuid)`;
}
function decodeTwo(after: string): [string, string] {
  try {
    const key: unknown = JSON.parse(Buffer.from(after, "base64url").toString("utf8"));
    if (
      Array.isArray(key) &&
      typeof key[0] === "string" &&
      typeof key[1] === "string" &&
      /^(?:infinity|\d{4}-\d\d-\d\d)$/.test(key[0]) &&
      /^[0-9a-f-]{36}$/.test(key[1])
    )
      return [key[0], key[1]];
  } catch {
    // falls through
  }
  throw problem("request.invalid");
}

const sourceViews = {
  incident: sql.table("control.fact_incident"),
  signal: sql.table("control.fact_signal"),
  response: sql.table("feedback.fact_response"),
};
/** Whether the thing an action comes from stands in this clinic, by anyone's fact view. */
export const sourceOf = (db: Db, type: keyof typeof sourceViews, id: string) =>
  db.maybe(sql<{ id: string }>`select id from ${sourceViews[type]} where clinic_id = ${db.clinicId} and id = ${id}`);
export const incidentIdByCode = (db: Db, code: string) =>
  db.maybe(
    sql<{
      id: string;
      code: string;
    }>`select id, code from control.fact_incident where clinic_id = ${db.clinicId} and code = ${code}`,
  );
/** What a list calls the things actions come from: the code of a case, the day of an answer, which is all that may be known of it. */
export const sourceLabels = (db: Db, o: { incidents: readonly string[]; responses: readonly string[] }) =>
  db.many(
    sql<{ id: string; label: string }>`
      select id, code as label from control.fact_incident where clinic_id = ${db.clinicId} and id = any(${[...o.incidents]}::uuid[])
      union all
      select id, on_date::text from feedback.fact_response where clinic_id = ${db.clinicId} and id = any(${[...o.responses]}::uuid[])`,
  );
