import { handle } from "#platform/http/registry.ts";
import * as contract from "./contract.ts";
import { inviteMember, listMembers, resumeMember, setTypes, suspendMember, type People } from "./use-cases.ts";

/** Members of a clinic; inviting reaches people, who stand outside clinics. */
export const routesOf = (people: () => People) => [
  handle(contract.listMembers, (ctx) => listMembers(ctx)),
  handle(contract.inviteMember, (ctx, { body }) => inviteMember(ctx, people(), body)),
  handle(contract.suspendMember, (ctx, { params }) => suspendMember(ctx, people(), params.id)),
  handle(contract.resumeMember, (ctx, { params }) => resumeMember(ctx, people(), params.id)),
  handle(contract.setTypes, (ctx, { params, body }) => setTypes(ctx, people(), { id: params.id, types: body.types })),
];
