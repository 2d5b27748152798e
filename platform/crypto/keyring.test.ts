import assert from "node:assert/strict";
import { test } from "node:test";
import { newClinic } from "#testing/clinic.ts";
import { openKeyring } from "./keyring.ts";
import { openKeys, parseKeySource } from "./keys.ts";

test("a clinic's key made in a transaction that is rolled back seals nothing afterwards", async () => {
  const { clinic, product } = await newClinic();
  const { database, settings } = product.platform.app;
  const port = await openKeys(parseKeySource(`file:${settings.data}/keys/root.key`), { create: false });
  const place = { thing: "incident", id: "1", field: "title" };
  const sealed = (keyring: ReturnType<typeof openKeyring>, fails: boolean) =>
    database.transaction({ clinic: clinic.id }, async (db) => {
      const first = await keyring.of(db, clinic.id).seal("clinic", place, "впала");
      const second = await keyring.of(db, clinic.id).open("clinic", place, first);
      assert.equal(second, "впала", "within its own transaction the key serves");
      if (fails) throw new Error("rolled back");
      return first;
    });
  await database.transaction({ clinic: clinic.id }, async (db) => {
    const key = await db.maybe(db.from("platform.data_key").select("id").where("owner", "=", "clinic"));
    assert.equal(key, null, "the clinic has no key yet");
  });
  const server = openKeyring(port);
  await assert.rejects(sealed(server, true), /rolled back/);
  const bytes = await sealed(server, false);
  const next = openKeyring(port);
  const read = await database.transaction({ clinic: clinic.id }, (db) =>
    next.of(db, clinic.id).open("clinic", place, bytes),
  );
  assert.equal(read, "впала", "a process that starts later opens it");
});
