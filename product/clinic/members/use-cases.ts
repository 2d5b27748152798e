import { problem } from "#core/contract/problem.ts";
import type { UserType } from "#core/access/rights.ts";
import type { Database } from "#platform/database/pool.ts";
import { newId } from "#platform/database/ids.ts";
import type { Context } from "#platform/http/context.ts";
import type { Vault } from "#platform/crypto/keyring.ts";
import { writePersonLetter } from "#platform/mail/person-letters.ts";
import { linkHours, makePersonLink } from "#platform/session/links.ts";
import type { Sessions } from "#platform/session/store.ts";
import {
  endTypes,
  insertMembership,
  insertTypes,
  membershipOf,
  membersWithTypes,
  resumeMembership,
  setMembershipState,
} from "#product/identity/memberships/index.ts";
import { findLogin, insertPerson } from "#product/identity/people/index.ts";
import type { Member } from "./contract.ts";
import { insertMember, memberRow, memberRows } from "./queries.ts";

/** What inviting needs beyond a clinic's own context: people stand outside clinics. */
export type People = { database: Database; vault: Vault; sessions: Sessions; origin: string };
type Grant = { type: UserType; until?: string | undefined };

const stateOf = (text: string | undefined): Member["state"] =>
  text === "invited" || text === "active" || text === "suspended" || text === "left" ? text : "outside";

/** Everybody who works here, people who sign in and imported ones alike. */
export async function listMembers(ctx: Context): Promise<Member[]> {
  const rows = await memberRows(ctx.db);
  const access = new Map((await membersWithTypes(ctx.db)).map((row) => [row.member_id, row]));
  // types are written by this product's own grants alone
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    position: row.position,
    department: row.department,
    types: (access.get(row.id)?.types ?? []) as UserType[],
    state: stateOf(access.get(row.id)?.state),
  }));
}

/** Invites a person by mail. Throws `member.exists`. */
export async function inviteMember(
  ctx: Context,
  people: People,
  asked: { email: string; name: string; types: readonly Grant[] },
): Promise<Member> {
  const bidx = people.vault.login(asked.email);
  if (!bidx) throw problem("request.invalid");
  const known = await people.database.outside((db) => findLogin(db, bidx));
  const personId = known?.person_id ?? newId();
  const memberId = newId();
  if ((await insertMembership(ctx.db, { memberId, personId, state: "active" })) === 0) throw problem("member.exists");
  await insertTypes(ctx.db, memberId, asked.types, ctx.member.id);
  await insertMember(ctx.db, { id: memberId, personId, name: asked.name });
  await sendInvitation(ctx, people, { personId, email: asked.email, name: asked.name, bidx, isNew: !known });
  ctx.ledger.about("member", memberId);
  return {
    id: memberId,
    name: asked.name,
    position: "",
    department: null,
    types: asked.types.map(({ type }) => type),
    state: "active",
  };
}

/** The person's own rows have their own policy, so they are written in a transaction of that person. */
async function sendInvitation(
  ctx: Context,
  { database, vault, origin }: People,
  o: { personId: string; email: string; name: string; bidx: Buffer; isNew: boolean },
): Promise<void> {
  const { personId } = o;
  const { language, slug } = ctx.clinic;
  await database.transaction({ person: personId }, async (db) => {
    if (o.isNew)
      await insertPerson(db, {
        id: personId,
        bidx: o.bidx,
        login: vault.seal(personId, "login", o.email),
        name: vault.seal(personId, "name", o.name),
        language,
      });
    const secret = await makePersonLink(db, { personId, purpose: "invitation", now: ctx.now });
    const link = o.isNew ? `${origin}/l/${secret}` : `${origin}/c/${slug}`;
    await writePersonLetter(db, vault, personId, {
      kind: "invitation",
      to: o.email,
      language,
      name: o.name,
      clinic: slug,
      link,
      hours: linkHours.invitation,
    });
  });
}

async function demandOtherOwner(ctx: Context, memberId: string): Promise<void> {
  const others = (await membersWithTypes(ctx.db)).filter(
    (row) => row.member_id !== memberId && row.state === "active" && row.types.includes("owner"),
  );
  if (others.length === 0) throw problem("member.last-owner");
}

/** Shuts a member out at once. Throws `member.unknown`, `member.last-owner`. */
export async function suspendMember(ctx: Context, people: People, id: string): Promise<null> {
  const membership = await membershipOf(ctx.db, id);
  await demandOtherOwner(ctx, id);
  await setMembershipState(ctx.db, id, "suspended");
  await people.sessions.end(membership.person_id);
  return null;
}

/** Lets a suspended member in again. No session of theirs outlives the change: a new one is signed in to.
 *  Throws `member.unknown`, `member.not-suspended`, `member.no-types`. */
export async function resumeMember(ctx: Context, people: People, id: string): Promise<null> {
  const membership = await membershipOf(ctx.db, id);
  const running = (await membersWithTypes(ctx.db)).find((row) => row.member_id === id)?.types ?? [];
  if ((await resumeMembership(ctx.db, id)) === 0) throw problem("member.not-suspended");
  // grants that ended meanwhile do not come back by themselves
  if (running.length === 0) throw problem("member.no-types");
  await people.sessions.end(membership.person_id);
  return null;
}

/** Gives a member these types from now on; what they held before ends. Throws `member.unknown`, `member.last-owner`. */
export async function setTypes(
  ctx: Context,
  people: People,
  o: { id: string; types: readonly Grant[] },
): Promise<Member> {
  const membership = await membershipOf(ctx.db, o.id);
  if (!o.types.some(({ type }) => type === "owner")) await demandOtherOwner(ctx, o.id);
  await endTypes(ctx.db, o.id, ctx.member.id);
  await insertTypes(ctx.db, o.id, o.types, ctx.member.id);
  await people.sessions.end(membership.person_id);
  const row = await memberRow(ctx.db, o.id);
  return {
    id: row.id,
    name: row.name,
    position: row.position,
    department: null,
    types: o.types.map(({ type }) => type),
    state: stateOf(membership.state),
  };
}
