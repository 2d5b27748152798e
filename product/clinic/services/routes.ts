import { handle } from "#platform/http/registry.ts";
import * as contract from "./contract.ts";
import { listServices } from "./list-services.ts";

export const routes = [handle(contract.listServices, (ctx) => listServices(ctx))];
