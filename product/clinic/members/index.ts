import { problem } from "#core/contract/problem.ts";
import type { Db } from "#platform/database/db.ts";
import { namesOf } from "./queries.ts";

export { memberTable } from "./bulk.ts";
export { insertMember } from "./queries.ts";

/** Names of members by id: one query for a whole list. */
export async function memberNames(db: Db, ids: readonly (string | null)[]): Promise<Map<string, string>> {
  const wanted = ids.filter((id) => id !== null);
  if (wanted.length === 0) return new Map();
  return new Map((await namesOf(db, wanted)).map(({ id, name }) => [id, name]));
}

/** Throws `member.unknown` unless all of them belong to this clinic. */
export async function demandMembers(db: Db, ids: readonly string[]): Promise<void> {
  const found = await memberNames(db, ids);
  if (ids.some((id) => !found.has(id))) throw problem("member.unknown");
}
