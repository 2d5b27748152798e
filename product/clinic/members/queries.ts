import type { Db } from "#platform/database/db.ts";

export const memberRows = (db: Db) =>
  db.many(
    db
      .from("clinic.member")
      .leftJoin("clinic.fact_department as d", (join) =>
        join.onRef("d.clinic_id", "=", "clinic.member.clinic_id").onRef("d.id", "=", "clinic.member.department_id"),
      )
      .select([
        "clinic.member.id",
        "clinic.member.person_id",
        "clinic.member.name",
        "clinic.member.position",
        "d.name as department",
      ])
      .where("clinic.member.active_to", "is", null)
      .orderBy("clinic.member.name")
      .limit(1000),
  );

export const memberRow = (db: Db, id: string) =>
  db.one(
    "member.unknown",
    db.from("clinic.member").select(["id", "person_id", "name", "position"]).where("id", "=", id),
  );

export const namesOf = (db: Db, ids: readonly string[]) =>
  db.many(
    db
      .from("clinic.member")
      .select(["id", "name"])
      .where((e) => e("id", "=", e.fn.any(e.val([...new Set(ids)])))),
  );

export const insertMember = (
  db: Db,
  row: {
    id: string;
    personId: string | null;
    name: string;
    position?: string;
    specialty?: string | null;
    departmentId?: string | null;
    sourceKey?: string | null;
  },
) =>
  db.run(
    db.insert("clinic.member").values({
      clinic_id: db.clinicId ?? "",
      id: row.id,
      person_id: row.personId,
      name: row.name,
      position: row.position ?? "",
      specialty: row.specialty ?? null,
      department_id: row.departmentId ?? null,
      source_key: row.sourceKey ?? null,
    }),
  );
