import { handle } from "#platform/http/registry.ts";
import * as contract from "./contract.ts";
import { showHome } from "./show-home.ts";

export const routes = [handle(contract.readHome, (ctx) => showHome(ctx))];
