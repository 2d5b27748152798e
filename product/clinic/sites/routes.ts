import { handle } from "#platform/http/registry.ts";
import * as contract from "./contract.ts";
import { listSites } from "./list-sites.ts";

export const routes = [handle(contract.listSites, (ctx) => listSites(ctx))];
