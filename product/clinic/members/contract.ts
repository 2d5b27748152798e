import { z } from "zod";
import { grantableTypes, userTypes } from "#core/access/rights.ts";
import type { Problems } from "#core/contract/problem.ts";
import { route } from "#core/contract/route.ts";
import { email, id, instant, line, nothing } from "#core/contract/shapes.ts";

const grant = z.strictObject({ type: z.enum(grantableTypes), until: instant.optional() });
export const member = z.object({
  id,
  name: z.string(),
  position: z.string(),
  types: z.array(z.enum(userTypes)),
  state: z.enum(["invited", "active", "suspended", "left", "outside"]),
  department: z.string().nullable(),
});
export type Member = z.output<typeof member>;

export const listMembers = route({
  act: "member.list",
  summary: "Everybody who works in the clinic.",
  method: "GET",
  path: "/members",
  right: "member:read",
  ledger: { none: "names and work places of staff, known to all of them" },
  reply: z.array(member),
  problems: [],
});
export const inviteMember = route({
  act: "member.invite",
  summary: "Invites a person by mail, with one or more user types.",
  method: "POST",
  path: "/members",
  right: "member:invite",
  ledger: { writes: "member" },
  created: true,
  idempotent: true,
  body: z.strictObject({ email, name: line, types: z.array(grant).min(1).max(6) }),
  reply: member,
  problems: ["member.exists"],
});
export const suspendMember = route({
  act: "member.suspend",
  summary: "Shuts a member out at once; all sessions end.",
  method: "POST",
  path: "/members/:id/suspend",
  right: "member:suspend",
  about: "member",
  ledger: { writes: "member" },
  params: z.object({ id }),
  body: z.strictObject({}),
  reply: nothing,
  problems: ["member.unknown", "member.last-owner"],
});
export const resumeMember = route({
  act: "member.resume",
  summary: "Lets a suspended member in again, with the user types that still run; they sign in anew.",
  method: "POST",
  path: "/members/:id/resume",
  right: "member:suspend",
  about: "member",
  ledger: { writes: "member" },
  params: z.object({ id }),
  body: z.strictObject({}),
  reply: nothing,
  problems: ["member.unknown", "member.not-suspended", "member.no-types"],
});
export const setTypes = route({
  act: "member.set-types",
  summary: "Grants user types; earlier grants end.",
  method: "POST",
  path: "/members/:id/types",
  right: "member:grant",
  about: "member",
  ledger: { writes: "member" },
  params: z.object({ id }),
  body: z.strictObject({ types: z.array(grant).min(1).max(6) }),
  reply: member,
  problems: ["member.unknown", "member.last-owner"],
});
export const problems = {
  "member.unknown": { status: 404, uk: "Такого співробітника немає.", en: "There is no such member." },
  "member.exists": {
    status: 409,
    uk: "Ця особа вже працює в закладі.",
    en: "This person already belongs to the clinic.",
  },
  "member.not-suspended": {
    status: 409,
    uk: "Доступ цієї людини не закрито.",
    en: "This person's access is not closed.",
  },
  "member.no-types": {
    status: 409,
    uk: "Строк усіх доступів цієї людини минув. Надайте новий доступ.",
    en: "Every access of this person has run out. Grant a new one.",
  },
  "member.last-owner": {
    status: 409,
    uk: "У закладі має лишитися хоча б один власник.",
    en: "The clinic must keep one owner at least.",
  },
} satisfies Problems;
