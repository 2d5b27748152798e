import assert from "node:assert/strict";
import { test } from "node:test";
import { eventually, newClinic } from "#testing/clinic.ts";
import { inviteMember, listMembers, suspendMember } from "./contract.ts";

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
