import assert from "node:assert/strict";
import { test } from "node:test";
import { eventually, newClinic, openPerson } from "#testing/clinic.ts";
import { inviteMember, listMembers, resumeMember, setTypes, suspendMember } from "./contract.ts";

test("an owner invites a colleague, who stands in the list at once", async () => {
  const { solomiia } = await newClinic();
  const member = await solomiia.send(inviteMember, {
    body: { email: "nova@lypa.example", name: "Нова Колега", types: [{ type: "nurse" }] },
  });
  assert.equal(member.name, "Нова Колега");
  assert((await solomiia.send(listMembers)).some(({ id }) => id === member.id));
  await solomiia.refused("member.exists", inviteMember, {
    body: { email: "nova@lypa.example", name: "Нова Колега", types: [{ type: "nurse" }] },
  });
});

test("a suspended member's sessions end at once", async () => {
  const { solomiia, olena } = await newClinic();
  await olena.send(listMembers);
  await solomiia.send(suspendMember, { params: { id: olena.memberId }, body: {} });
  await eventually(async () => (await olena.ask(listMembers)).status === 401);
});

test("a nurse may not invite, and the last owner may not be shut out", async () => {
  const { solomiia, olena } = await newClinic();
  await olena.refused("right.missing", inviteMember, {
    body: { email: "x@lypa.example", name: "Х", types: [{ type: "nurse" }] },
  });
  await solomiia.refused("member.last-owner", suspendMember, { params: { id: solomiia.memberId }, body: {} });
});

test("a suspended member is let in again by the owner, with a new session and the types that still run", async () => {
  const { solomiia, olena, marta, clinic, product } = await newClinic();
  const params = { id: olena.memberId };
  await solomiia.refused("member.not-suspended", resumeMember, { params, body: {} });
  await solomiia.send(suspendMember, { params, body: {} });
  // a session of another clinic or tab that is open meanwhile meets a closed door, and does not outlive the change
  const meanwhile = await openPerson(product, { ...olena, slug: clinic.slug });
  await meanwhile.refused("clinic.unknown", listMembers);
  await marta.refused("right.missing", resumeMember, { params, body: {} });
  await solomiia.send(resumeMember, { params, body: {} });
  assert.equal((await solomiia.send(listMembers)).find(({ id }) => id === olena.memberId)?.state, "active");
  await eventually(async () => (await meanwhile.ask(listMembers)).status === 401);
  assert.equal((await olena.ask(listMembers)).status, 401);
  const again = await openPerson(product, { ...olena, slug: clinic.slug });
  await again.send(listMembers);
  await again.refused("right.missing", suspendMember, { params, body: {} });
  await solomiia.refused("member.not-suspended", resumeMember, { params, body: {} });
});

test("who has no access left that still runs is not let in before a new one is granted", async () => {
  const { solomiia, olena, clinic, product } = await newClinic();
  const params = { id: olena.memberId };
  await solomiia.send(suspendMember, { params, body: {} });
  await product.platform.app.database.transaction({ clinic: clinic.id }, (db) =>
    db.run(db.update("identity.member_type").set({ ends_at: "2026-01-01" }).where("member_id", "=", olena.memberId)),
  );
  await solomiia.refused("member.no-types", resumeMember, { params, body: {} });
  await solomiia.send(setTypes, { params, body: { types: [{ type: "nurse" }] } });
  await solomiia.send(resumeMember, { params, body: {} });
  await (await openPerson(product, { ...olena, slug: clinic.slug })).send(listMembers);
});
