import { sql } from "kysely";
import type { UserType } from "#core/access/rights.ts";
import { builder, type Db } from "#platform/database/db.ts";

/** All clinics of a person with their types; the policy lets a person see their own memberships. */
export const clinicsOfPerson = (db: Db, personId: string) =>
  db.many(
    builder
      .selectFrom("identity.membership")
      .select(["clinic_id", "member_id", "state"])
      .where("person_id", "=", personId)
      .where("state", "=", "active")
      .limit(50),
  );

export const insertRoute = (db: Db, clinicId: string, slug: string) =>
  db.run(
    db
      .insert("identity.clinic_route")
      .values({ clinic_id: clinicId, slug })
      .onConflict((conflict) => conflict.doNothing()),
  );

export const insertMembership = (db: Db, o: { memberId: string; personId: string; state: "invited" | "active" }) =>
  db.run(
    db
      .insert("identity.membership")
      .values({ clinic_id: db.clinicId ?? "", member_id: o.memberId, person_id: o.personId, state: o.state })
      .onConflict((conflict) => conflict.columns(["clinic_id", "person_id"]).doNothing()),
  );

export const insertTypes = (
  db: Db,
  memberId: string,
  types: readonly { type: UserType; until?: string | undefined }[],
  grantedBy: string | null,
) =>
  db.run(
    db.insert("identity.member_type").values(
      types.map(({ type, until }) => ({
        clinic_id: db.clinicId ?? "",
        member_id: memberId,
        user_type: type,
        ends_at: until ?? null,
        granted_by: grantedBy,
      })),
    ),
  );

export const membershipOf = (db: Db, memberId: string) =>
  db.one(
    "member.unknown",
    db
      .from("identity.membership")
      .select(["member_id", "person_id", "state", "version"])
      .where("member_id", "=", memberId),
  );

/** Opens a closed membership again; 0 when it is not closed. */
export const resumeMembership = (db: Db, memberId: string) =>
  db.run(
    db
      .update("identity.membership")
      .set({ state: "active", version: sql`version + 1` })
      .where("member_id", "=", memberId)
      .where("state", "=", "suspended"),
  );

export const setMembershipState = (db: Db, memberId: string, state: "active" | "suspended" | "left") =>
  db.run(
    db
      .update("identity.membership")
      .set({ state, version: sql`version + 1` })
      .where("member_id", "=", memberId),
  );

export const membersWithTypes = (db: Db) =>
  db.many(
    sql<{ member_id: string; person_id: string; state: string; types: string[] }>`
      select m.member_id, m.person_id, m.state,
        array(select t.user_type from identity.member_type t where t.clinic_id = m.clinic_id and t.member_id = m.member_id and t.starts_at <= now() and (t.ends_at is null or t.ends_at > now()) order by 1) as types
      from identity.membership m where m.clinic_id = ${db.clinicId} order by m.member_id limit 1000`,
  );

/** Ends every running grant of a member; rows stay as history. */
export const endTypes = (db: Db, memberId: string, endedBy: string | null) =>
  db.run(
    sql`update identity.member_type set ends_at = now(), ended_by = ${endedBy} where clinic_id = ${db.clinicId} and member_id = ${memberId} and (ends_at is null or ends_at > now())`,
  );

/** Name, address and types of one clinic as a person belongs to it. */
export const clinicOfMember = (db: Db, personId: string) =>
  db.maybe(
    sql<{ slug: string; name: string; types: string[]; state: string }>`
      select r.slug, r.state, c.name, f.types from identity.clinic_route r join clinic.fact_clinic c on c.clinic_id = r.clinic_id
      cross join app.find_member(${personId}, r.slug) f where r.clinic_id = ${db.clinicId}`,
  );
