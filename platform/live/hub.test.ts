import assert from "node:assert/strict";
import { test } from "node:test";
import { newClinic } from "#testing/clinic.ts";
import { newId } from "#platform/database/ids.ts";

test("a stream that comes back hears what it missed, but never the moment of an anonymous answer", async () => {
  const { clinic, product } = await newClinic();
  const { database, hub } = product.platform.app;
  // no reaction is enqueued: the rows stay, as they do while the worker is behind
  await database.transaction({ clinic: clinic.id }, async (db) => {
    for (const name of ["response.received", "response.handled"])
      await db.run(
        db.insert("platform.event").values({
          clinic_id: clinic.id,
          id: newId(),
          name,
          payload: JSON.stringify({ id: newId() }),
          member_id: null,
        }),
      );
  });
  const heard = await hub.since({ clinic: clinic.id, member: null, types: ["quality"], lastEventId: newId() });
  assert(heard !== "reload");
  assert.deepEqual(
    heard.map(({ thing, what }) => `${thing}.${what}`),
    ["response.handled"],
  );
});
