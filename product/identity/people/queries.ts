import { sql } from "kysely";
import type { Db } from "#platform/database/db.ts";
import { builder } from "#platform/database/db.ts";

/** `secret` is null for a person who was invited and has no password yet. */
export type LoginRow = { person_id: string; secret: string | null; failures: number | null; wait_until: string | null };

/** Person and password of a login, before any context exists. Index: person_login_bidx_key. */
export const findLogin = (db: Db, bidx: Buffer) =>
  db.maybe(sql<LoginRow>`select person_id, secret, failures, wait_until from app.find_login(${bidx})`);

export const personRow = (db: Db, id: string) =>
  db.one(
    "session.none",
    builder.selectFrom("identity.person").select(["id", "name", "login", "language"]).where("id", "=", id),
  );

export const insertPerson = (
  db: Db,
  row: { id: string; bidx: Buffer; login: Buffer; name: Buffer; language: string },
) =>
  db.run(
    builder
      .insertInto("identity.person")
      .values({ id: row.id, login_bidx: row.bidx, login: row.login, name: row.name, language: row.language })
      .onConflict((conflict) => conflict.doNothing()),
  );

export const setLanguage = (db: Db, id: string, language: string) =>
  db.run(builder.updateTable("identity.person").set({ language }).where("id", "=", id));

export const setName = (db: Db, id: string, name: Buffer) =>
  db.run(builder.updateTable("identity.person").set({ name }).where("id", "=", id));

export const setPassword = (db: Db, personId: string, secret: string) =>
  db.run(
    builder
      .insertInto("identity.credential")
      .values({ person_id: personId, kind: "password", secret })
      .onConflict((conflict) =>
        conflict
          .columns(["person_id", "kind"])
          .doUpdateSet({ secret, changed_at: sql`now()`, failures: 0, wait_until: null }),
      ),
  );

export const setFailures = (db: Db, personId: string, failures: number, waitUntil: string | null) =>
  db.run(
    builder
      .updateTable("identity.credential")
      .set({ failures, wait_until: waitUntil })
      .where("person_id", "=", personId)
      .where("kind", "=", "password"),
  );

export const passwordOf = (db: Db, personId: string) =>
  db.maybe(
    builder
      .selectFrom("identity.credential")
      .select(["secret", "failures", "wait_until"])
      .where("person_id", "=", personId)
      .where("kind", "=", "password"),
  );
